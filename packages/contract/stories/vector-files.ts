// Stories as JSON, for whoever builds a contract of their own. Payloads and signatures are all there is in an envelope. vectors/contract/README.md.
import {
  canonicalJson,
  formatEnvelope,
  fromBase64,
  isJsonObject,
  type Json,
  type JsonObject,
  parseCanonicalJson,
  preAuthenticationEncoding,
  readContent,
  type Signature,
  type Statement,
  statementId,
  toBase64,
  utf8,
  utf8Decode,
} from "@fiducial/core";
import type { Contract } from "../src/kernel/contract.ts";
import { allStories } from "./all.ts";
import { perform } from "./performance.ts";
import { type Prologue, prologues } from "./prologues.ts";
import type { Expected, Step } from "./stage.ts";
import type { Story } from "./story.ts";

/** One step as a vector has it: the in-toto statement, DSSE's signatures in order, and the verdict. */
export interface StepVector {
  readonly recordedAt: string;
  readonly payload: JsonObject;
  readonly signatures: readonly SignatureVector[];
  readonly verdict: Expected;
}

/** A signature as DSSE has it in JSON, with what a passkey signed. */
export interface SignatureVector {
  readonly keyid: string;
  readonly sig: string;
  readonly webauthn?: { readonly authenticatorData: string; readonly clientDataJSON: string };
}

/** One story as a vector has it. */
export interface StoryVector {
  readonly title: string;
  readonly clause: string;
  readonly prologue: Prologue;
  readonly steps: readonly StepVector[];
  readonly finalStateDigest: string;
}

/** Every vector file of a contract as text, by its name: the kernel's, each kind's, and the prologues. */
export function vectorFiles(contract: Contract): ReadonlyMap<string, string> {
  const files = allStories.map(({ about, stories }): [string, object] => [
    vectorFileName(about),
    stories.map((story) => storyVector(contract, story)),
  ]);
  return new Map([...files, ["prologues.json", prologueVectors()] as const].map(([name, json]) => [name, text(json)]));
}

/** The name of the file that holds the stories about a kind (`name/version`) or the kernel. */
export function vectorFileName(about: string): string {
  return `${about.replace("/", "-")}.json`;
}

// Verdicts are those that the author demands; the final digest alone is computed.
function storyVector(contract: Contract, story: Story): StoryVector {
  const { title, clause, prologue, steps } = story;
  return {
    title,
    clause,
    prologue,
    steps: steps.map(stepVector),
    finalStateDigest: perform(contract, story).stateDigest,
  };
}

function prologueVectors(): Readonly<Record<string, readonly StepVector[]>> {
  return Object.fromEntries(Object.entries(prologues).map(([name, { steps }]) => [name, steps.map(stepVector)]));
}

function text(json: object): string {
  return `${JSON.stringify(json, undefined, 1)}\n`;
}

/** Reads one step's statement back from its vector. */
export function statementOfVector({ payload: json, signatures: given }: StepVector): Statement {
  const payload = utf8(canonicalJson(json));
  const signed = preAuthenticationEncoding(payload);
  const signatures = given.map(signatureOf);
  const bytes = formatEnvelope(payload, signatures);
  return { id: statementId(signed), bytes, payload, signed, content: readContent(json), signatures };
}

function stepVector({ recordedAt, statement, expected }: Step): StepVector {
  const payload = parseCanonicalJson(utf8Decode(statement.payload) as string) as Json;
  if (!isJsonObject(payload)) throw new TypeError("A payload is a JSON object.");
  return { recordedAt, payload, signatures: statement.signatures.map(signatureVector), verdict: expected };
}

function signatureVector({ keyid, sig, webauthn }: Signature): SignatureVector {
  if (webauthn === undefined) return { keyid, sig: toBase64(sig) };
  const { authenticatorData, clientDataJSON } = webauthn;
  return {
    keyid,
    sig: toBase64(sig),
    webauthn: { authenticatorData: toBase64(authenticatorData), clientDataJSON: toBase64(clientDataJSON) },
  };
}

function signatureOf({ keyid, sig, webauthn }: SignatureVector): Signature {
  const bytes = (text: string) => fromBase64(text) as Uint8Array;
  if (webauthn === undefined) return { keyid, sig: bytes(sig) };
  const { authenticatorData, clientDataJSON } = webauthn;
  return {
    keyid,
    sig: bytes(sig),
    webauthn: { authenticatorData: bytes(authenticatorData), clientDataJSON: bytes(clientDataJSON) },
  };
}
