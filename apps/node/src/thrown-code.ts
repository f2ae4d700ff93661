// The code of something that was thrown: one of a table, or INTERNAL.
import { CoreError } from "@fiducial/core";
import { DicomError } from "@fiducial/dicom";
import { LedgerError } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import { NodeError } from "./node-error.ts";

const kinds = [NodeError, LedgerError, VaultError, CoreError, DicomError];

/** Returns it. A disk or a quota that is full is told as such; what else a system says is not. */
export function codeOf(thrown: unknown): string {
  if (kinds.some((kind) => thrown instanceof kind)) return (thrown as { code: string }).code;
  return isFull(thrown) ? "DISK_FULL" : "INTERNAL";
}

/** Tells whether the disk, or a quota on it, was full. */
export function isFull(thrown: unknown): boolean {
  const { code, errcode = 0 } = thrown as { code?: unknown; errcode?: number };
  // SQLite's primary result code 13: full.
  return code === "ENOSPC" || code === "EDQUOT" || (errcode & 0xff) === 13;
}
