// The DSSE envelope in its one exact encoding. DSSE v1.0.2; docs/formats/statement.md § Envelope.
import { sha256 } from "#sha256";
import { concatPooled, fromBase64, toBase64, toHex, utf8, utf8Decode } from "../encoding/bytes.ts";
import {
  canonicalJson,
  isJsonObject,
  type Json,
  type JsonObject,
  parseCanonicalJson,
} from "../encoding/canonical-json.ts";
import { type Content, contentOf, isHex, type StatementId } from "./payload.ts";
import { contentOfText } from "./payload-text.ts";

/** The DSSE payload type of every statement. */
export const payloadType = "application/vnd.in-toto+json";

/** Envelopes beyond this are refused before they are read, so that every entry fits C2SP's 65,535 bytes. */
export const largestEnvelopeBytes = 61_440;

/** One signature: raw Ed25519 or P-256 r‖s (64 bytes), with what an authenticator signed when it is a passkey's. */
export interface Signature {
  readonly keyid: string;
  readonly sig: Uint8Array;
  readonly webauthn?: { readonly authenticatorData: Uint8Array; readonly clientDataJSON: Uint8Array };
}

/** A statement as it travels: the exact bytes of its envelope, and what they decode to. */
export interface Statement {
  readonly id: StatementId;
  /** Canonical JSON of the DSSE envelope. */
  readonly bytes: Uint8Array;
  /** Canonical JSON of the in-toto statement. */
  readonly payload: Uint8Array;
  /** The pre-authentication encoding: the very bytes that are signed. */
  readonly signed: Uint8Array;
  readonly content: Content;
  readonly signatures: readonly Signature[];
}

/** Why bytes are not a statement, and what to do. */
export const envelopeFaults = {
  ENVELOPE_TOO_LARGE: "The envelope is larger than 61,440 bytes. State a Merkle root instead of the long thing.",
  ENVELOPE_NOT_CANONICAL: "The envelope is not canonical JSON (RFC 8785).",
  ENVELOPE_MALFORMED:
    "The envelope is not DSSE in its one exact form: payload, payloadType, signatures, and nothing else.",
  PAYLOAD_NOT_CANONICAL: "The payload is not canonical JSON (RFC 8785).",
  PAYLOAD_MALFORMED: "The payload is not an in-toto Statement v1 as docs/formats/statement.md has it.",
  SIGNATURES_DO_NOT_MATCH_SIGNERS:
    "The signatures are not those of the signers that the payload names, in their order.",
} as const satisfies Readonly<Record<string, string>>;
export type EnvelopeFault = keyof typeof envelopeFaults;

/** DSSE's pre-authentication encoding: "DSSEv1" SP len(type) SP type SP len(body) SP body. */
export function preAuthenticationEncoding(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return concatPooled(encodingHead, utf8(`${payload.length} `), payload);
}

const encodingHead = utf8(`DSSEv1 ${payloadType.length} ${payloadType} `);

/** The statement id: SHA-256 over the pre-authentication encoding, as hex. The same statement signed again keeps it. */
export function statementId(signed: Uint8Array): StatementId {
  return toHex(sha256(signed));
}

/** The SHA-256 of a log's origin, as hex: the subject of a statement that seals nothing. */
export function originDigest(origin: string): string {
  return toHex(sha256(utf8(origin)));
}

/** Writes the envelope as canonical JSON bytes. */
export function formatEnvelope(payload: Uint8Array, signatures: readonly Signature[]): Uint8Array<ArrayBuffer> {
  return utf8(canonicalJson({ payload: toBase64(payload), payloadType, signatures: signatures.map(signatureJson) }));
}

/** Reads bytes that must be a statement's one exact encoding; says why they are not one otherwise. Signatures are not verified here. */
export function parseStatement(bytes: Uint8Array): Statement | EnvelopeFault {
  if (bytes.length > largestEnvelopeBytes) return "ENVELOPE_TOO_LARGE";
  const text = utf8Decode(bytes);
  if (text === undefined) return "ENVELOPE_NOT_CANONICAL";
  const parts = partsByShape(text) ?? partsOf(text);
  if (typeof parts === "string") return parts;
  const { payload, signatures } = parts;
  const content = contentOfPayload(payload);
  if (typeof content === "string") return content;
  const matched =
    signatures.length === content.signers.length &&
    signatures.every((signature, index) => signature.keyid === content.signers[index]?.key);
  if (!matched) return "SIGNATURES_DO_NOT_MATCH_SIGNERS";
  const signed = preAuthenticationEncoding(payload);
  return { id: statementId(signed), bytes, payload, signed, content, signatures };
}

function contentOfPayload(payload: Uint8Array): Content | EnvelopeFault {
  const text = utf8Decode(payload);
  if (text === undefined) return "PAYLOAD_NOT_CANONICAL";
  const content = contentOfText(text);
  if (content !== undefined) return content;
  const json = parseCanonicalJson(text);
  if (json === undefined) return "PAYLOAD_NOT_CANONICAL";
  return contentOf(json, originDigest) ?? "PAYLOAD_MALFORMED";
}

interface EnvelopeParts {
  readonly payload: Uint8Array;
  readonly signatures: readonly Signature[];
}

const beforePayload = '{"payload":"';
const afterPayload = `","payloadType":"${payloadType}","signatures":`;

// A well-formed envelope is these texts around base64, which needs no escapes, and a short list. Whatever is not just so, `partsOf` judges.
function partsByShape(text: string): EnvelopeParts | undefined {
  const end = text.indexOf('"', beforePayload.length);
  if (!text.startsWith(beforePayload) || !text.startsWith(afterPayload, end) || !text.endsWith("}")) return undefined;
  const payload = fromBase64(text.slice(beforePayload.length, end));
  const signatures = payload && signaturesOf(parseCanonicalJson(text.slice(end + afterPayload.length, -1)));
  return signatures && { payload, signatures };
}

function partsOf(text: string): EnvelopeParts | EnvelopeFault {
  const envelope = parseCanonicalJson(text);
  if (envelope === undefined) return "ENVELOPE_NOT_CANONICAL";
  const payload = payloadBytes(envelope);
  const signatures = payload && signaturesOf((envelope as JsonObject)["signatures"]);
  return payload === undefined || signatures === undefined ? "ENVELOPE_MALFORMED" : { payload, signatures };
}

function payloadBytes(envelope: Json): Uint8Array | undefined {
  if (!isJsonObject(envelope) || Object.keys(envelope).join() !== "payload,payloadType,signatures") return undefined;
  const payload = envelope["payload"];
  return envelope["payloadType"] === payloadType && typeof payload === "string" ? fromBase64(payload) : undefined;
}

function signaturesOf(value: Json | undefined): readonly Signature[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const signatures: Signature[] = [];
  for (const item of value as readonly Json[]) {
    const signature = signatureOf(item);
    if (signature === undefined) return undefined;
    signatures.push(signature);
  }
  return signatures;
}

function signatureOf(value: Json): Signature | undefined {
  if (!isJsonObject(value)) return undefined;
  const names = Object.keys(value).join();
  const sig = bytesOf(value["sig"]);
  const keyid = value["keyid"];
  if (!isHex(keyid, 32) || sig?.length !== 64) return undefined;
  if (names === "keyid,sig") return { keyid, sig };
  const webauthn = value["webauthn"];
  if (names !== "keyid,sig,webauthn" || !isJsonObject(webauthn)) return undefined;
  if (Object.keys(webauthn).join() !== "authenticatorData,clientDataJSON") return undefined;
  const authenticatorData = bytesOf(webauthn["authenticatorData"]);
  const clientDataJSON = bytesOf(webauthn["clientDataJSON"]);
  return authenticatorData && clientDataJSON && { keyid, sig, webauthn: { authenticatorData, clientDataJSON } };
}

function bytesOf(value: Json | undefined): Uint8Array | undefined {
  return typeof value === "string" ? fromBase64(value) : undefined;
}

function signatureJson({ keyid, sig, webauthn }: Signature): JsonObject {
  const base = { keyid, sig: toBase64(sig) };
  if (webauthn === undefined) return base;
  return {
    ...base,
    webauthn: {
      authenticatorData: toBase64(webauthn.authenticatorData),
      clientDataJSON: toBase64(webauthn.clientDataJSON),
    },
  };
}
