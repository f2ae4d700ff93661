// Where the PACS has a registered object, and how long what it gives for it may be.
import { headerOf } from "@fiducial/dicom";
import type { Vault } from "@fiducial/vault";
import type { StoredVersion } from "../objects/stored-version.ts";
import { keptHeader } from "../verification/verify-files.ts";
import type { ObjectUids } from "./pacs-client.ts";

/** The UIDs of an object; empty where it has none, and then no PACS is asked for it. */
export function uidsOf(vault: Vault, { statement, place, record }: StoredVersion): ObjectUids {
  const kept = keptHeader(vault, statement, place);
  const study = kept === undefined ? undefined : headerOf(kept.canonicalHeader, "").studyInstanceUid;
  return { study: study ?? "", series: record.seriesUid, instance: record.sopInstanceUid };
}

/** Bytes that an answer may have: an archive may have decoded what was encoded, and no more than that. */
export function mostBytesOf({ record }: StoredVersion, most: number): number {
  return Math.min(most, 64 * record.sizeBytes + 2 ** 20);
}
