// Is a file what was registered? Compares it with every version of the object that the vault knows. DESIGN § 8.
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type AttributeChange,
  type Comparison,
  compare,
  type ReadingNote,
  type RegisteredVersion,
  type Verdict,
} from "@fiducial/dicom";
import type { ObjectKey, ObjectVersion, Vault } from "@fiducial/vault";
import type { FingerprintPool } from "../intake/fingerprint-pool.ts";
import type { RefusedFile, SaltedObject } from "../intake/fingerprint-work.ts";
import type { ObjectRecord } from "../intake/study-records.ts";
import type { LogPlace, Logs } from "../logs/logs.ts";
import { noticesOf, type StudyNotice } from "../logs/standing.ts";
import { showsTheSame } from "../objects/shown-version.ts";
import type { StoredVersion } from "../objects/stored-version.ts";

/** What verifying one file says. */
export interface FileVerification {
  readonly file: string;
  readonly verdict: Verdict;
  readonly changedAttributes: readonly AttributeChange[];
  /** What differs besides attributes. */
  readonly differences: Comparison["differences"];
  /** Whether nothing changed but what is harmless. */
  readonly harmless: boolean;
  /** The registration that it was compared with; absent for `unknown`. */
  readonly statementId?: string;
  /** The index of its entry on the log that grows. */
  readonly index?: number;
  /** The entry's log and index, when a recovery ended that log. */
  readonly ended?: { readonly origin: string; readonly index: number };
  readonly study?: string;
  /** The item of the registration's manifest. */
  readonly item?: number;
  /** Why it has no better verdict: what kept pixels from being compared, or the file from being read as an object. */
  readonly reason?: string;
  /** What was odd in a file that is not the registered one byte for byte: that it ends early, say. Absent when nothing was. */
  readonly notes?: readonly ReadingNote[];
  /** What is to be said of it or of its study to whoever hands it on; absent when nothing is. */
  readonly notices?: readonly Notice[];
  /** Why the file could not be read. */
  readonly code?: string;
  readonly message?: string;
}

/** Of a study; or that what the file matches came later under its UID, and shows something else than the first version or is of another patient. */
export type Notice = StudyNotice | "VERSION_CONTESTED";

/** A registered version: where it stands, and its record. */
export interface FoundVersion {
  readonly place: ObjectVersion;
  readonly record: ObjectRecord;
  /** Where its header is kept. */
  readonly header: number;
  readonly entry: LogPlace;
}

/** The versions of an object that are on one of the logs, oldest first. An object may have many: others get their turn between them. */
export async function* registeredVersions(
  vault: Vault,
  logs: Logs,
  sopInstanceUid: string,
): AsyncGenerator<FoundVersion, undefined> {
  for await (const found of recordsUnder(vault, logs, { sopInstanceUid }))
    if (found.record.sopInstanceUid === sopInstanceUid) yield found;
}

/** The registration of an object by the digest of its bytes, and the study; the last of several. Undefined for what no log has. */
export async function registeredUnder(
  vault: Vault,
  logs: Logs,
  file: string,
): Promise<(StoredVersion & { readonly study: string | undefined }) | undefined> {
  let last: Awaited<ReturnType<typeof registeredUnder>>;
  for await (const { place, record, header } of recordsUnder(vault, logs, { file }))
    if (record.file === file) last = { statement: place.statement, place: header, record, study: place.study };
  return last;
}

// What no log has was never registered. The index of objects is not authenticated: whoever asks holds the record against what was asked.
async function* recordsUnder(vault: Vault, logs: Logs, key: ObjectKey): AsyncGenerator<FoundVersion, undefined> {
  for (const place of vault.versionsOf(key)) {
    await nextTurn();
    const entry = logs.placeOf(place.statement);
    const item = entry && vault.manifestItem(place.statement, place.item);
    if (entry === undefined || item === undefined) continue;
    yield { place, record: item.value as unknown as ObjectRecord, entry, header: item.place };
  }
}

/** What the vault keeps beside an object: the key of its attributes' salts (32 bytes), then its canonical header. */
export interface KeptHeader {
  readonly attributeSalt: Uint8Array;
  readonly canonicalHeader: Uint8Array;
}

/** Reads what the vault keeps beside the object of a statement's `place`. */
export function keptHeader(vault: Vault, statement: string, place: number): KeptHeader | undefined {
  const kept = vault.header(statement, place);
  return kept && headerIn(kept);
}

/** Takes what the vault keeps beside an object apart. */
export function headerIn(kept: Uint8Array): KeptHeader {
  return { attributeSalt: kept.subarray(0, 32), canonicalHeader: kept.subarray(32) };
}

/** Verifies one file. Never rejects for what is wrong with the file. */
export async function verifyFile(
  pool: FingerprintPool,
  vault: Vault,
  logs: Logs,
  file: string,
): Promise<FileVerification> {
  const digested = await pool.digest(file);
  const exact = "digest" in digested ? await exactVersion(vault, logs, digested.digest) : undefined;
  if (exact !== undefined) return { file, ...unchanged, ...standingOf(logs, exact) };
  const result = await pool.run(file);
  if ("refused" in result) return unreadFile(file, result.refused);
  return { file, ...(await verdictOn(vault, logs, result.object)) };
}

/** What is said of a file that was not read, and why. */
export function unreadFile(file: string, { code, message }: RefusedFile): FileVerification {
  const unknown = { verdict: "unknown", changedAttributes: [], differences: [], harmless: false } as const;
  return { file, ...unknown, reason: code, code, message };
}

const unchanged = { verdict: "identical", changedAttributes: [], differences: [], harmless: true } as const;

/**
 * The registration of exactly these bytes, when it is the one that comparing the object would come to and surely shows what the first version does; the
 * object need not be read for it. Equal bytes have an equal data set, and of several versions with the data set compare() takes the last.
 */
async function exactVersion(vault: Vault, logs: Logs, file: string): Promise<FoundVersion | undefined> {
  const { value: known } = await recordsUnder(vault, logs, { file }).next();
  if (known === undefined) return undefined;
  const { sopInstanceUid, dataset } = known.record;
  let [first, last]: (FoundVersion | undefined)[] = [];
  for await (const found of registeredVersions(vault, logs, sopInstanceUid)) {
    first ??= found;
    if (found.record.dataset === dataset) last = found;
  }
  if (first === undefined || last?.record.file !== file || isOfOther(first, last)) return undefined;
  const showsTheFirst =
    first.record.dataset === dataset || (first.record.frames !== null && showsTheSame(first.record, last.record));
  return showsTheFirst ? last : undefined;
}

// The same UID under another study is under another patient.
function isOfOther(first: FoundVersion, { place }: FoundVersion): boolean {
  return first.place.study !== undefined && place.study !== first.place.study;
}

/** The verdict on an object that was read. */
async function verdictOn(vault: Vault, logs: Logs, object: SaltedObject): Promise<Omit<FileVerification, "file">> {
  const { found, comparison } = await bestMatch(vault, logs, object);
  const { verdict, changes = [], differences, harmless, reason, contested } = comparison;
  const standing = found && standingOf(logs, found);
  const notices = [...(contested ? ["VERSION_CONTESTED" as const] : []), ...(standing?.notices ?? [])];
  return {
    verdict,
    changedAttributes: changes,
    differences,
    harmless,
    ...(reason === undefined ? {} : { reason }),
    ...notesOn(object, differences),
    ...standing,
    ...(notices.length > 0 && { notices }),
  };
}

type Standing = Pick<FileVerification, "statementId" | "item" | "index" | "ended" | "study" | "notices">;

function standingOf(logs: Logs, { place: { statement, item, study }, entry }: FoundVersion): Standing {
  return {
    statementId: statement,
    item,
    ...namedPlace(entry, logs),
    ...(study === undefined ? {} : { study, ...noticesOn(logs, study) }),
  };
}

// Each version is held against the first and the best before it, so that no more than three headers are in memory, and others get their turn.
async function bestMatch(
  vault: Vault,
  logs: Logs,
  object: SaltedObject,
): Promise<{ readonly found?: FoundVersion; readonly comparison: Comparison }> {
  let best:
    | { readonly found: FoundVersion; readonly version: RegisteredVersion; readonly comparison: Comparison }
    | undefined;
  let first: { readonly found: FoundVersion; readonly version: RegisteredVersion } | undefined;
  for await (const found of registeredVersions(vault, logs, object.header.sopInstanceUid ?? "")) {
    const kept = keptHeader(vault, found.place.statement, found.header);
    const attributes = kept && { attributes: { canonicalHeader: kept.canonicalHeader } };
    const version = { fingerprint: found.record, ...attributes };
    first ??= { found, version };
    const before = [...new Set([first.version, ...(best === undefined ? [] : [best.version])])];
    const comparison = compare([...before.filter((one) => one !== version), version], object);
    if (best === undefined || comparison.version === before.length) best = { found, version, comparison };
  }
  if (first !== undefined && best !== undefined && isOfOther(first.found, best.found))
    return { ...best, comparison: { ...best.comparison, harmless: false, contested: true } };
  return best ?? { comparison: compare([], object) };
}

function notesOn(
  { fingerprint }: SaltedObject,
  differences: Comparison["differences"],
): Pick<FileVerification, "notes"> {
  const { notes } = fingerprint;
  return notes.length > 0 && differences.includes("FILE") ? { notes } : {};
}

function noticesOn(logs: Logs, study: string): Pick<FileVerification, "notices"> {
  const notices = noticesOf(logs, study);
  return notices.length > 0 ? { notices } : {};
}

/** Where an entry is, for whoever asks: its number in the log that grows, or a log that has ended and the number there. */
export function namedPlace({ log, index }: LogPlace, { current }: Logs): Pick<FileVerification, "index" | "ended"> {
  return log === current ? { index } : { ended: { origin: log.origin, index } };
}
