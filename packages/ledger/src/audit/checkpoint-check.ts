// An audit of the checkpoints: each signed by the log, its known cosignatures good, its root that of its size.
import { equalBytes, parseSignedCheckpoint, verifyNote } from "@fiducial/core";
import { type LogReader, logReader } from "../log/log-reader.ts";
import type { AuditOptions, Bad } from "./findings.ts";

/** Returns how many checkpoints there are, or the first that does not hold. */
export function checkCheckpoints(options: AuditOptions): Bad | number {
  const reader = logReader(options.store);
  const { size: total } = options.store.head().edge;
  let count = 0;
  for (const { size, note } of options.store.checkpoints()) {
    if (size > total || !holds(note, size, reader, options))
      return { index: Math.max(0, Math.min(size, total) - 1), code: "CHECKPOINT_DIFFERS" };
    count++;
  }
  return count;
}

function holds(
  note: string,
  size: number,
  reader: LogReader,
  { logKeys, cosignerKeys = [], verifiers }: AuditOptions,
): boolean {
  try {
    const signed = parseSignedCheckpoint(note);
    const verified = verifyNote(signed.note, [...logKeys, ...cosignerKeys], verifiers);
    const isOurs = verified.some(({ key }) => logKeys.includes(key));
    return isOurs && signed.checkpoint.size === size && equalBytes(signed.checkpoint.rootHash, reader.rootOf(size));
  } catch {
    return false;
  }
}
