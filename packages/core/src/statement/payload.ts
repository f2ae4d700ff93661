// What is signed: an in-toto Statement v1 whose predicate is one kind's fields. docs/formats/statement.md § Payload.
import { isLowerHex } from "../encoding/bytes.ts";
import { isJsonObject, type Json, type JsonObject } from "../encoding/canonical-json.ts";
import { commitmentLabel } from "./commitment.ts";
import { type OffsetTime, offsetTimeMs, type UtcTime, utcTimeMs } from "./time.ts";

/** 32 hex digits, drawn at random: an actor on one log. */
export type ActorId = string;
/** 64 hex digits: SHA-256 over algorithm and public key. */
export type KeyId = string;
/** 64 hex digits: SHA-256 over the pre-authentication encoding of the payload. */
export type StatementId = string;

/** In which capacity a key signs: for its actor, for a principal who is not present, or as a further approver. */
export type Capacity = "self" | "on-behalf-of" | "counter-signature";

/** How an observation came to be known: by its signer's own doing, from another's word, or out of an older record. */
export type Basis = "seen" | "stated" | "imported";

/** Why a statement takes the place of an earlier one. */
export type SupersedingReason = "entered-in-error" | "amended" | "late-information";

/** One signature that a statement must carry, named inside what is signed so that none can be added, dropped or swapped. */
export interface Signer {
  readonly actor: ActorId;
  readonly capacity: Capacity;
  readonly key: KeyId;
  /** The organization under whose authority the actor signs. */
  readonly organization: ActorId;
  /** Present with `on-behalf-of` only. */
  readonly principal?: ActorId;
}

/** What one statement says, decoded. Values that are sealed stand here as commitments (64 hex digits) by field name. */
export interface Content {
  readonly kind: string;
  readonly version: number;
  readonly log: string;
  readonly signers: readonly [Signer, ...Signer[]];
  readonly occurredAt: OffsetTime;
  readonly signedAt: UtcTime;
  readonly basis?: Basis;
  readonly supersedes?: { readonly statement: StatementId; readonly reason: SupersedingReason };
  readonly open: JsonObject;
  readonly commitments: Readonly<Record<string, string>>;
}

/** The `_type` of every payload. in-toto Statement v1. */
export const statementType = "https://in-toto.io/Statement/v1";
const kindUri = /^urn:fiducial:kind:([a-z][a-z-]{0,31}(?:\.[a-z][a-z-]{0,31}){2}):([1-9]\d{0,3})$/;
const fieldName = /^[a-z][A-Za-z0-9]{0,63}$/;
const originPattern = /^[a-z0-9][a-z0-9./_-]{0,126}[a-z0-9]$/;
const capacities: readonly string[] = ["self", "on-behalf-of", "counter-signature"] satisfies Capacity[];
const bases: readonly string[] = ["seen", "stated", "imported"] satisfies Basis[];
const reasons: readonly string[] = ["entered-in-error", "amended", "late-information"] satisfies SupersedingReason[];
const mostSigners = 16;
const mostCommitments = 64;

/** Writes content as the JSON object that is signed. `sha256OfLog` (hex) is the subject of a statement that seals nothing. */
export function payloadOf(content: Content, sha256OfLog: string): JsonObject {
  const names = Object.keys(content.commitments).sort();
  const subject: Json[] = names.map((name) => ({
    digest: { [commitmentLabel]: content.commitments[name] as string },
    name,
  }));
  const { kind, version, commitments: _, ...predicate } = content;
  return {
    _type: statementType,
    predicate: predicate as unknown as JsonObject,
    predicateType: `urn:fiducial:kind:${kind}:${version}`,
    subject: names.length > 0 ? subject : [{ digest: { sha256: sha256OfLog }, name: "log" }],
  };
}

/** Reads the JSON object that was signed, or returns undefined when a member is missing, unknown or out of form. `sha256OfLog` computes the subject of a statement that seals nothing. */
export function contentOf(payload: Json, sha256OfLog: (origin: string) => string): Content | undefined {
  if (!hasMembers(payload, ["_type", "predicate", "predicateType", "subject"])) return undefined;
  const { predicate, predicateType, subject } = payload;
  if (payload["_type"] !== statementType || typeof predicateType !== "string" || !kindUri.test(predicateType))
    return undefined;
  if (!isPredicate(predicate)) return undefined;
  const formed = isLogSubject(subject) ? isSubjectLog(subject, sha256OfLog(predicate.log)) : areCommitments(subject);
  return formed ? readContent(payload) : undefined;
}

/** Reads a payload that `contentOf` has accepted before, without looking at its form again. */
export function readContent(payload: JsonObject): Content {
  const [, , , kind, version] = (payload["predicateType"] as string).split(":") as [
    string,
    string,
    string,
    string,
    string,
  ];
  const commitments: Record<string, string> = {};
  for (const { name, digest } of payload["subject"] as readonly { name: string; digest: Record<string, string> }[]) {
    const committed = digest[commitmentLabel];
    if (committed !== undefined) commitments[name] = committed;
  }
  return {
    ...(payload["predicate"] as unknown as Predicate),
    kind,
    version: Number(version),
    commitments,
  };
}

/** Tells whether `text` may be a log's origin: lower case, no spaces, no plus sign, 2 to 128 characters. C2SP tlog-checkpoint, signed-note. */
export function isOrigin(text: Json | undefined): text is string {
  return typeof text === "string" && originPattern.test(text);
}

/** Tells whether `text` is lower-case hex of `bytes` bytes. */
export function isHex(text: Json | undefined, bytes: number): text is string {
  return typeof text === "string" && text.length === 2 * bytes && isLowerHex(text);
}

/** What a payload's `predicate` holds: everything but kind, version and commitments. */
export type Predicate = Omit<Content, "kind" | "version" | "commitments">;

/** Tells whether a value has the form of a predicate. */
export function isPredicate(value: Json | undefined): value is JsonObject & Predicate {
  if (!hasMembers(value, ["log", "occurredAt", "open", "signedAt", "signers"], ["basis", "supersedes"])) return false;
  const { log, occurredAt, open, signedAt, signers, basis, supersedes } = value;
  return (
    isOrigin(log) &&
    isJsonObject(open) &&
    typeof occurredAt === "string" &&
    offsetTimeMs(occurredAt) !== undefined &&
    typeof signedAt === "string" &&
    utcTimeMs(signedAt) !== undefined &&
    areSigners(signers) &&
    (basis === undefined || bases.includes(basis as string)) &&
    (supersedes === undefined || isSuperseding(supersedes))
  );
}

function areSigners(value: Json | undefined): boolean {
  if (!Array.isArray(value) || value.length < 1 || value.length > mostSigners || !value.every(isSigner)) return false;
  const keys = new Set(value.map((signer: Signer) => signer.key));
  // The first signer states; all others counter-sign, each with a key of its own.
  return (
    keys.size === value.length &&
    value.every((signer: Signer, index) => (signer.capacity === "counter-signature") === index > 0)
  );
}

function isSigner(value: Json): boolean {
  if (!hasMembers(value, ["actor", "capacity", "key", "organization"], ["principal"])) return false;
  const { actor, capacity, key, organization, principal } = value;
  const named =
    isHex(actor, 16) && isHex(key, 32) && isHex(organization, 16) && capacities.includes(capacity as string);
  return named && (capacity === "on-behalf-of" ? isHex(principal, 16) : principal === undefined);
}

function isSuperseding(value: Json): boolean {
  return (
    hasMembers(value, ["reason", "statement"]) &&
    isHex(value["statement"], 32) &&
    reasons.includes(value["reason"] as string)
  );
}

// A statement that seals nothing is about the log itself: in-toto demands a subject.
function isLogSubject(subject: Json | undefined): boolean {
  const only = Array.isArray(subject) && subject.length === 1 ? (subject as readonly Json[])[0] : undefined;
  return (
    isJsonObject(only) &&
    only["name"] === "log" &&
    isJsonObject(only["digest"]) &&
    only["digest"]["sha256"] !== undefined
  );
}

function isSubjectLog(subject: Json | undefined, logDigest: string): boolean {
  const only = (subject as readonly Json[])[0];
  return (
    hasMembers(only, ["digest", "name"]) &&
    hasMembers(only["digest"], ["sha256"]) &&
    only["digest"]["sha256"] === logDigest
  );
}

function areCommitments(subject: Json | undefined): boolean {
  if (!Array.isArray(subject) || subject.length < 1 || subject.length > mostCommitments) return false;
  return (subject as readonly Json[]).every((item, index, all) => {
    if (!hasMembers(item, ["digest", "name"])) return false;
    const { digest, name } = item;
    const previous = index === 0 ? "" : ((all[index - 1] as JsonObject)["name"] as string);
    const ordered = typeof name === "string" && fieldName.test(name) && name > previous;
    return ordered && hasMembers(digest, [commitmentLabel]) && isHex(digest[commitmentLabel], 32);
  });
}

function hasMembers(
  value: Json | undefined,
  required: readonly string[],
  optional: readonly string[] = [],
): value is JsonObject {
  if (!isJsonObject(value)) return false;
  let found = 0;
  for (const name of Object.keys(value)) {
    if (required.includes(name)) found++;
    else if (!optional.includes(name)) return false;
  }
  return found === required.length;
}
