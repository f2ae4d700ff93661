// A receipt of another organization's log with its policy, the file that it is about, and what may have become of each.
import {
  equalBytes,
  formatReceipt,
  formatTrustPolicy,
  parseSignedCheckpoint,
  type Receipt,
  utf8,
  utf8Decode,
} from "../packages/core/src/index.ts";
import { asFromPacs, smallObject, withPixelErased } from "../packages/dicom/src/phantom/index.ts";
import { sampleObjectLog } from "../vectors/receipt/sample-object.ts";

/** A file as a browser is given one. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export function given(name: string, content: string | Uint8Array): GivenFile {
  const mimeType = typeof content === "string" ? "application/json" : "application/dicom";
  return { name, mimeType, buffer: Buffer.from(content as Uint8Array) };
}

/** What a PACS writes into headers when it sends an object on. */
export const coercion = { accessionNumber: "1", institutionName: "Elsewhere", retrieveAeTitle: "PACS" };

const original = smallObject({ seed: "e2e", columns: 64, rows: 64 });
const log = await sampleObjectLog([original, smallObject({ seed: "e2e, another" })]);

export const sample = {
  policy: given("policy.json", formatTrustPolicy(log.trust)),
  receipt: given("study.receipt.json", formatReceipt(log.receipt)),
  unwitnessed: changed((receipt) => ({ ...receipt, checkpoint: unwitnessed(receipt.checkpoint) })),
  malformed: given("study.receipt.json", formatReceipt(log.receipt).slice(0, 400)),
  malformedPolicy: given("policy.json", '{"format":"fiducial-policy-v1"}'),
  original: given("original.dcm", original),
  altered: given("altered.dcm", withPixelErased(original, { column: 30, row: 30, radius: 4 })),
  coerced: given("coerced.dcm", asFromPacs(original, coercion)),
  notes: given("notes.txt", "hello"),
} as const;

/** By the step that must be named: what somebody changed in the receipt. */
export const tampered: readonly (readonly [step: string, receipt: GivenFile])[] = [
  [
    "Manifest",
    changed(
      ({ objects: [object, ...others], ...rest }) =>
        ({
          ...rest,
          objects: [{ ...object, proof: { ...object?.proof, hashes: ["00".repeat(32)] } }, ...others],
        }) as Receipt,
    ),
  ],
  [
    "Signature",
    changed((receipt) => ({ ...receipt, entry: { ...receipt.entry, bytes: resigned(receipt.entry.bytes) } })),
  ],
  ["Key chain", changed((receipt) => ({ ...receipt, keyChain: receipt.keyChain.slice(1) }))],
  [
    "Inclusion",
    changed((receipt) => ({ ...receipt, entry: { ...receipt.entry, hashes: receipt.entry.hashes.toReversed() } })),
  ],
  ["Checkpoint", changed((receipt) => ({ ...receipt, checkpoint: forged(receipt.checkpoint) }))],
];

function changed(change: (receipt: Receipt) => Receipt): GivenFile {
  return given("changed.receipt.json", formatReceipt(change(log.receipt)));
}

// The first signature of the entry's statement, one letter of it another.
function resigned(entry: Uint8Array): Uint8Array {
  const text = utf8Decode(entry) ?? "";
  const bytes = utf8(text.replace(/"sig":"(.)/, (_, letter: string) => `"sig":"${letter === "A" ? "B" : "A"}`));
  if (equalBytes(bytes, entry)) throw new Error("the entry has no signature");
  return bytes;
}

// One letter in the middle of the log's signature is another.
function forged(checkpoint: string): string {
  const { origin } = parseSignedCheckpoint(checkpoint).checkpoint;
  const line = checkpoint.split("\n").find((text) => text.startsWith(`\u2014 ${origin} `)) ?? "";
  const at = line.length - 20;
  return checkpoint.replace(line, `${line.slice(0, at)}${line[at] === "A" ? "B" : "A"}${line.slice(at + 1)}`);
}

// Without the last signature, which is the witness's.
function unwitnessed(checkpoint: string): string {
  return `${checkpoint.trimEnd().split("\n").slice(0, -1).join("\n")}\n`;
}
