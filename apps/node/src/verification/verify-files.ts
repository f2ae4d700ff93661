// Is a file what was registered? Compares it with every version of the object that the vault knows. DESIGN § 8.
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
import type { SaltedObject } from "../intake/fingerprint-work.ts";
import type { ObjectRecord } from "../intake/study-records.ts";
import type { LogPlace, Logs } from "../logs/logs.ts";
import { noticesOf, type StudyNotice } from "../logs/standing.ts";

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
  readonly reason?: string;
  /** What was odd in a file that is not the registered one byte for byte: that it ends early, say. Absent when nothing was. */
  readonly notes?: readonly ReadingNote[];
  /** What is to be said of its study to whoever hands it on; absent when nothing is. */
  readonly notices?: readonly StudyNotice[];
  /** Why the file could not be read. */
  readonly code?: string;
  readonly message?: string;
}

/** A registered version with where it stands. */
export interface FoundVersion extends RegisteredVersion {
  readonly place: ObjectVersion;
  readonly record: ObjectRecord;
  readonly entry: LogPlace;
}

/** The versions of an object that are on one of the logs, with their attributes. */
export function registeredVersions(vault: Vault, logs: Logs, sopInstanceUid: string): FoundVersion[] {
  return recordsOfObject(vault, logs, sopInstanceUid).map(({ headerPlace, ...version }) => {
    const kept = keptHeader(vault, version.place.statement, headerPlace);
    return { ...version, ...(kept && { attributes: { canonicalHeader: kept.canonicalHeader } }) };
  });
}

/** A registered version, and where the vault has its header. */
interface FoundRecord extends FoundVersion {
  readonly headerPlace: number;
}

function recordsOfObject(vault: Vault, logs: Logs, sopInstanceUid: string): FoundRecord[] {
  const found = recordsUnder(vault, logs, { sopInstanceUid });
  return found.filter(({ record }) => record.sopInstanceUid === sopInstanceUid);
}

// What no log has was never registered. The index of objects is not authenticated: whoever asks holds the record against what was asked.
function recordsUnder(vault: Vault, logs: Logs, key: ObjectKey): FoundRecord[] {
  return vault.versionsOf(key).flatMap((place) => {
    const entry = logs.placeOf(place.statement);
    const item = entry && vault.manifestItem(place.statement, place.item);
    if (entry === undefined || item === undefined) return [];
    const record = item.value as unknown as ObjectRecord;
    return [{ place, record, entry, fingerprint: record, headerPlace: item.place }];
  });
}

/** What the vault keeps beside an object: the key of its attributes' salts (32 bytes), then its canonical header. */
export function keptHeader(
  vault: Vault,
  statement: string,
  place: number,
): { attributeSalt: Uint8Array; canonicalHeader: Uint8Array } | undefined {
  const kept = vault.header(statement, place);
  return kept && { attributeSalt: kept.subarray(0, 32), canonicalHeader: kept.subarray(32) };
}

/** Verifies one file. Never rejects for what is wrong with the file. */
export async function verifyFile(
  pool: FingerprintPool,
  vault: Vault,
  logs: Logs,
  file: string,
): Promise<FileVerification> {
  const digested = await pool.digest(file);
  const exact = "digest" in digested ? exactVersion(vault, logs, digested.digest) : undefined;
  if (exact !== undefined) return { file, ...unchanged, ...standingOf(logs, exact) };
  const result = await pool.run(file);
  if ("refused" in result)
    return { file, verdict: "unknown", changedAttributes: [], differences: [], harmless: false, ...result.refused };
  return { file, ...verdictOn(vault, logs, result.object) };
}

const unchanged = { verdict: "identical", changedAttributes: [], differences: [], harmless: true } as const;

/**
 * The registration of exactly these bytes, when it is the one that comparing the object would come to; the object need not be read for it.
 * Equal bytes have an equal data set, and of several versions with the data set compare() takes the last.
 */
function exactVersion(vault: Vault, logs: Logs, file: string): FoundVersion | undefined {
  const [known] = recordsUnder(vault, logs, { file });
  if (known === undefined) return undefined;
  const { sopInstanceUid, dataset } = known.record;
  const last = recordsOfObject(vault, logs, sopInstanceUid).findLast(({ record }) => record.dataset === dataset);
  return last?.record.file === file ? last : undefined;
}

/** The verdict on an object that was read. */
function verdictOn(vault: Vault, logs: Logs, object: SaltedObject): Omit<FileVerification, "file"> {
  const versions = registeredVersions(vault, logs, object.header.sopInstanceUid ?? "");
  const { verdict, changes = [], differences, harmless, version, reason } = compare(versions, object);
  const found = version === undefined ? undefined : versions[version];
  return {
    verdict,
    changedAttributes: changes,
    differences,
    harmless,
    ...(reason === undefined ? {} : { reason }),
    ...notesOn(object, differences),
    ...(found && standingOf(logs, found)),
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

function namedPlace({ log, index }: LogPlace, { current }: Logs): Pick<FileVerification, "index" | "ended"> {
  return log === current ? { index } : { ended: { origin: log.origin, index } };
}
