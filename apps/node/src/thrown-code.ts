// The code of something that was thrown: one of a table, or INTERNAL. And what a code of any table says.
import { CoreError } from "@fiducial/core";
import { DicomError, dicomErrors } from "@fiducial/dicom";
import { auditFindings, LedgerError, ledgerErrors } from "@fiducial/ledger";
import { VaultError, vaultErrors } from "@fiducial/vault";
import { NodeError, nodeSentence } from "./node-error.ts";

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

/** The sentence of a code, with what to do; that of INTERNAL for one of no table. */
export function sentenceOfCode(code: string): string {
  const tables: readonly Readonly<Record<string, string>>[] = [vaultErrors, ledgerErrors, auditFindings];
  const ofDicom = Object.hasOwn(dicomErrors, code) ? dicomErrors[code as keyof typeof dicomErrors] : undefined;
  if (ofDicom !== undefined) return `${ofDicom.says} ${ofDicom.todo}`;
  const ofTable = tables.find((table) => Object.hasOwn(table, code))?.[code];
  return nodeSentence(code) ?? ofTable ?? sentenceOfCode("INTERNAL");
}
