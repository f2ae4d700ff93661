// Copies of a ledger's files, for looking at what a process left behind without touching it.
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";

/** The files of a ledger beside each other: the database, its write-ahead log, its seal, and the record that it differs from that. What is shared in memory is not copied. */
const ledgerFiles = ["", "-wal", ".seal", ".differs"] as const;

/** Copies a ledger that nobody is writing in the place of what is at `to`. */
export function copyLedger(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  for (const suffix of [...ledgerFiles, "-shm"]) rmSync(to + suffix, { force: true });
  for (const suffix of ledgerFiles) if (existsSync(from + suffix)) copyFileSync(from + suffix, to + suffix);
}
