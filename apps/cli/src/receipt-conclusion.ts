// What a receipt's check comes to, in the one line that is read last. What is not verified never begins with what holds.
import type { ReceiptAnswer } from "./receipt-answer.ts";

/** Concludes a check; `withFile` says whether a file was held against the receipt. */
export function conclusionOf(
  { ok, sound, waiting, failed, verdict, harmless }: ReceiptAnswer,
  withFile: boolean,
): string {
  if (ok) return verdict === undefined ? "Verified: the receipt holds." : `Verified: ${goodFile(verdict)}`;
  if (failed === "policy")
    return "NOT VERIFIED: the policy is of another log than the receipt, which proves and refutes nothing.";
  const at = failed === undefined ? "" : ` It fails at: ${failed === "keyChain" ? "key chain" : failed}.`;
  if (!sound && !waiting)
    return `NOT VERIFIED: the receipt does not hold${withFile ? ", so it says nothing of the file" : ""}.${at}`;
  if (verdict !== undefined && harmless !== true) return `NOT VERIFIED: ${badFiles[verdict] ?? verdict}${at}`;
  const file = verdict === undefined ? "" : ` The file is ${verdict}.`;
  return `NOT VERIFIED YET: the receipt holds but for the cosignatures that the policy asks for.${file}${at}`;
}

function goodFile(verdict: string): string {
  return verdict === "identical"
    ? "the receipt holds, and the file is what was registered (identical)."
    : `the receipt holds; the file differs from what was registered in nothing but what is harmless (${verdict}).`;
}

const badFiles: Readonly<Record<string, string>> = {
  unknown: "this receipt is not about this file (unknown).",
  altered: "the file was altered after it was registered (altered).",
  undecided: "whether the file was altered cannot be told here (undecided).",
  "header-changed": "the header of the file was changed, and not only harmlessly (header-changed).",
  "same-pixels": "the file was encoded anew and changed, and not only harmlessly (same-pixels).",
};
