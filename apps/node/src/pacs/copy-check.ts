// Whether what the PACS gives is what was registered: identical, or changed only in what an archive may coerce or encode losslessly. DESIGN § 8.
import { type Comparison, compare, DicomError, readFileMeta } from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";
import type { Vault } from "@fiducial/vault";
import type { FingerprintPool } from "../intake/fingerprint-pool.ts";
import type { SaltedObject } from "../intake/fingerprint-work.ts";
import type { Logs } from "../logs/logs.ts";
import type { NodeErrorCode } from "../node-error.ts";
import type { StoredVersion } from "../objects/stored-version.ts";
import { keptHeader, registeredVersions } from "../verification/verify-files.ts";
import type { ReceivedCopy } from "./received-copy.ts";

/** How a copy that fits stands to what was registered. */
export type FittingVerdict = "identical" | "header-changed" | "same-pixels";

/** What became of an object in the PACS: it fits, and in which transfer syntax it came; or the code of what is wrong. */
export type CopyCheck =
  | { readonly fits: true; readonly verdict: FittingVerdict; readonly transferSyntaxUid: string }
  | { readonly fits: false; readonly code: NodeErrorCode };

/** What checking works with. */
export interface CheckingRooms {
  readonly vault: Vault;
  readonly logs: Logs;
  readonly fingerprints: Pick<FingerprintPool, "run">;
}

/** Holds a file that came from the PACS against one registered version. */
export async function checkCopy(
  rooms: CheckingRooms,
  version: StoredVersion,
  path: string,
  { digest }: Pick<ReceivedCopy, "digest">,
): Promise<CopyCheck> {
  const { record } = version;
  if (digest === record.file) return { fits: true, verdict: "identical", transferSyntaxUid: record.transferSyntaxUid };
  const read = await rooms.fingerprints.run(path);
  if ("refused" in read) return { fits: false, code: "PACS_FOREIGN" };
  const { object } = read;
  if (object.header.sopInstanceUid !== record.sopInstanceUid) return { fits: false, code: "PACS_COPY_ALTERED" };
  const comparison = comparedWith(rooms, version, object);
  const verdict = fittingVerdict(comparison);
  if (verdict !== undefined && (await isPlain(path, object)))
    return { fits: true, verdict, transferSyntaxUid: object.fingerprint.transferSyntaxUid };
  if (verdict === undefined && (await isAnotherVersion(rooms, object)))
    return { fits: false, code: "PACS_COPY_OTHER_VERSION" };
  return { fits: false, code: comparison.verdict === "altered" ? "PACS_COPY_ALTERED" : "PACS_COPY_CHANGED" };
}

/** Whether nothing stands before the data set of a file that another writer would not write the same way. False for what is no object. */
export async function hasPlainHead(path: string): Promise<boolean> {
  await using file = await openFile(path);
  try {
    return (await readFileMeta(file)).isPlain;
  } catch (thrown) {
    if (thrown instanceof DicomError) return false;
    throw thrown;
  }
}

// No fingerprint covers what stands outside of the data set: a preamble may be a program. PS3.10 § 7.5.
async function isPlain(path: string, { fingerprint }: SaltedObject): Promise<boolean> {
  return !fingerprint.notes.includes("GROUP_2_IN_DATA_SET") && (await hasPlainHead(path));
}

function comparedWith({ vault }: CheckingRooms, { statement, place, record }: StoredVersion, object: SaltedObject) {
  const kept = keptHeader(vault, statement, place);
  const attributes = kept && { attributes: { canonicalHeader: kept.canonicalHeader } };
  return compare([{ fingerprint: record, ...attributes }], object);
}

// Nothing but what is harmless: an archive that changed whose image it is gives another evidence than was registered.
function fittingVerdict({ verdict, harmless }: Comparison): FittingVerdict | undefined {
  const isFitting = verdict === "identical" || verdict === "header-changed" || verdict === "same-pixels";
  return isFitting && harmless ? verdict : undefined;
}

// A sender that sent an object anew, changed, took the earlier version's place there.
async function isAnotherVersion(rooms: CheckingRooms, object: SaltedObject): Promise<boolean> {
  const { vault, logs } = rooms;
  for await (const { place, record, header } of registeredVersions(vault, logs, object.header.sopInstanceUid ?? "")) {
    const other = { statement: place.statement, place: header, record };
    if (fittingVerdict(comparedWith(rooms, other, object)) !== undefined) return true;
  }
  return false;
}
