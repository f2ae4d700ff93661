import {
  formatReceipt,
  formatSignedCheckpoint,
  type ProvedObject,
  parseReceipt,
  parseSignedCheckpoint,
  type Receipt,
  type TrustPolicy,
  verifierKey,
  withSignatures,
} from "@fiducial/core";
import { beforeAll, describe, expect, test } from "vitest";
import { sampleObjectLog } from "../../../../vectors/receipt/sample-object.ts";
import { fingerprint } from "../fingerprint/fingerprint.ts";
import { asFromPacs, withAttributes, withPixelErased } from "../phantom/alter.ts";
import { clone, smallObject } from "../phantom/small-object.ts";
import { phantomUid } from "../phantom/uid.ts";
import { bytesSource } from "../reading/byte-source.ts";
import { checkReceipts, type ReceiptCheck } from "./receipt-check.ts";

const original = smallObject({ seed: "registered", columns: 64, rows: 64 });
const other = clone(original, { sopInstanceUid: phantomUid("2.25", "other", "instance") });

let receipt: Receipt;
let bare: Receipt;
let policy: TrustPolicy;

beforeAll(async () => {
  const log = await sampleObjectLog([original, other]);
  receipt = log.receipt;
  bare = { ...receipt, objects: receipt.objects.map(({ proof }) => ({ proof })) };
  policy = log.trust;
});

async function check(bytes: Uint8Array | undefined, ...receipts: readonly Receipt[]): Promise<ReceiptCheck> {
  const [first = receipt, ...others] = receipts;
  const object = bytes && (await fingerprint(bytesSource(bytes)));
  return checkReceipts({ receipts: [first, ...others], policy, ...(object && { object }) });
}

const results = ({ steps }: ReceiptCheck) =>
  steps
    .filter(({ result }) => result !== "holds")
    .map(({ step, result, code }) => [step, result, code].join(" ").trim());

describe("the file", () => {
  test("as registered is identical, in eight steps that hold", async () => {
    const checked = await check(original);
    expect(checked).toMatchObject({ sound: true, verdict: "identical", versions: 1 });
    expect(checked.steps).toHaveLength(8);
    expect(results(checked)).toEqual([]);
    expect(checked.registered).toMatchObject({ size: 2, hashes: 1, sizeBytes: original.length });
    expect(checked.attributes?.changed).toBe(0);
  });

  test("as a PACS hands it out has a changed header: each attribute with its class and what the file says", async () => {
    const coerced = asFromPacs(original, {
      accessionNumber: "118842",
      institutionName: "Northlake Hospital",
      retrieveAeTitle: "PACS",
    });
    const checked = await check(coerced);
    expect(checked).toMatchObject({ sound: true, verdict: "header-changed" });
    expect(results(checked)).toEqual(["fingerprint differs"]);
    const changes = checked.attributes?.changes.map(({ name, change, inFile }) => [name, change, inFile]);
    expect(changes).toEqual([
      ["Accession Number", "changed", "118842"],
      ["Retrieve AE Title", "added", "PACS"],
      ["Institution Name", "added", "Northlake Hospital"],
    ]);
    const { byClass, total } = checked.attributes as NonNullable<typeof checked.attributes>;
    const rows = Object.values(byClass);
    expect(rows.reduce((sum, row) => sum + row.total, 0)).toBe(total);
    expect(rows.reduce((sum, row) => sum + row.changed, 0)).toBe(3);
  });

  test("with other pixels is altered, whatever else is equal", async () => {
    const checked = await check(withPixelErased(original, { column: 30, row: 30, radius: 4 }));
    expect(checked).toMatchObject({ sound: true, verdict: "altered" });
    expect(results(checked)).toEqual(["fingerprint fails"]);
  });

  test("of another object is unknown to this receipt", async () => {
    const checked = await check(other);
    expect(checked).toMatchObject({ sound: true, verdict: "unknown", versions: 0 });
    expect(results(checked)).toEqual(["fingerprint not-run", "manifest open OBJECT_NOT_IN_RECEIPT"]);
  });

  test("is judged by the best of several receipts", async () => {
    const checked = await check(original, { ...receipt, objects: [] }, bare);
    expect(checked).toMatchObject({ verdict: "identical", versions: 1 });
    expect(checked.receipt).toBe(bare);
  });

  test("is compared once with a version that several receipts show, by the one that says most of it", async () => {
    const again = parseReceipt(formatReceipt(receipt));
    for (const receipts of [
      [receipt, again],
      [bare, receipt],
      [receipt, bare, again],
    ] as const) {
      const checked = await check(withPixelErased(original, { column: 30, row: 30, radius: 4 }), ...receipts);
      expect(checked).toMatchObject({ verdict: "altered", versions: 1 });
      expect(checked.receipt).toBe(receipt);
    }
    const { checkpoint, note } = parseSignedCheckpoint(receipt.checkpoint);
    const alone = formatSignedCheckpoint({ checkpoint, note: { ...note, signatures: note.signatures.slice(0, 1) } });
    const checked = await check(original, { ...receipt, checkpoint: alone }, bare);
    expect(checked).toMatchObject({ versions: 1, sound: true });
    expect(checked.receipt).toBe(bare);
  });

  test("is told by its versions in the order in which they were registered, however their receipts come", async () => {
    const coerced = asFromPacs(original, { accessionNumber: "1", institutionName: "House", retrieveAeTitle: "PACS" });
    const one = await sampleObjectLog([original]);
    const { receipt: whole } = await sampleObjectLog([coerced], one.statements.slice(-1));
    // The registration before it leads to no key.
    const two = { ...whole, keyChain: whole.keyChain.slice(0, -1) };
    for (const receipts of [
      [one.receipt, two],
      [two, one.receipt, two],
    ] as const) {
      expect(await check(original, ...receipts)).toMatchObject({ versions: 2, comparison: { version: 0 } });
      expect(await check(coerced, ...receipts)).toMatchObject({ versions: 2, comparison: { version: 1 } });
    }
  });

  test("has no classes to count when the receipt keeps the attributes' digests back", async () => {
    const checked = await check(withAttributes(original, { PatientName: "Somebody^Else" }), bare);
    expect(checked.verdict).toBe("header-changed");
    expect(checked.attributes).toBeUndefined();
  });
});

describe("the record", () => {
  test("alone needs no file", async () => {
    const checked = await check(undefined);
    expect(checked.sound).toBe(true);
    expect(checked.verdict).toBeUndefined();
    expect(checked.steps.map(({ step }) => step)).toEqual([
      "manifest",
      "signature",
      "keyChain",
      "inclusion",
      "checkpoint",
      "cosignatures",
    ]);
  });

  test("with a forged signature says so, and gives no verdict on the file", async () => {
    const text = formatReceipt(receipt);
    const at = text.lastIndexOf('"sig":"', text.indexOf('"format"')) + 10;
    const forged = parseReceipt(`${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`);
    const checked = await check(original, forged);
    expect(checked.sound).toBe(false);
    expect(checked.verdict).toBeUndefined();
    expect(results(checked)).toContain("signature fails SIGNATURE_INVALID");
  });

  test("with digests of other attributes is not believed", async () => {
    const [object] = receipt.objects;
    const digests = { ...object?.attributes?.digests, "0008,0050": "00".repeat(32) };
    const swapped = { ...object, attributes: { ...object?.attributes, digests } } as ProvedObject;
    const checked = await check(original, { ...receipt, objects: [swapped] });
    expect(checked.sound).toBe(false);
    expect(results(checked)).toContain("manifest fails ATTRIBUTES_NOT_REGISTERED");
  });

  test("with digests under other names, or under another salt, is not believed", async () => {
    const [object] = receipt.objects;
    const shown = object?.attributes as NonNullable<ProvedObject["attributes"]>;
    // Manufacturer as an attribute that nobody registered and whose coming and going is harmless.
    const renamed = Object.entries(shown.digests).map(([path, digest]) => [
      path === "0008,0070" ? "0008,0054" : path,
      digest,
    ]);
    expect(shown.digests["0008,0070"]).toBeDefined();
    const forgeries = [
      { ...shown, digests: Object.fromEntries(renamed) },
      { ...shown, salt: shown.salt.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) },
      { ...shown, salt: "" },
    ];
    for (const attributes of forgeries) {
      const forged = { ...receipt, objects: [{ ...object, attributes } as ProvedObject] };
      const checked = await check(original, forged);
      expect(checked.sound).toBe(false);
      expect(results(checked)).toContain("manifest fails ATTRIBUTES_NOT_REGISTERED");
    }
  });

  test("waits for cosigners that the policy asks for and who may still come", async () => {
    const { checkpoint, note } = parseSignedCheckpoint(receipt.checkpoint);
    const alone = formatSignedCheckpoint({ checkpoint, note: { ...note, signatures: note.signatures.slice(0, 1) } });
    const checked = await check(original, { ...receipt, checkpoint: alone });
    expect(checked).toMatchObject({ sound: false, waiting: true, verdict: "identical" });
    expect(results(checked)).toEqual(["cosignatures fails QUORUM_NOT_MET"]);
  });

  test("stays open where the quorum needs a cosignature whose algorithm is not at hand", async () => {
    const key = verifierKey("quantum.example", "ml-dsa-44-cosignature", new Uint8Array(1312));
    const { checkpoint, note } = parseSignedCheckpoint(receipt.checkpoint);
    const cosignature = { name: key.name, keyId: key.keyId, signature: new Uint8Array(2428) };
    const more = formatSignedCheckpoint({ checkpoint, note: withSignatures(note, [cosignature]) });
    const witnesses = [...policy.policy.witnesses, { name: "quantum", key }];
    const input = {
      receipts: [{ ...receipt, checkpoint: more }],
      object: await fingerprint(bytesSource(original)),
    } as const;
    const trust = (quorum: string) => ({ ...policy, policy: { ...policy.policy, witnesses, quorum } });
    const open = checkReceipts({ ...input, policy: trust("quantum") });
    expect(open).toMatchObject({ sound: false, waiting: true, verdict: "identical" });
    expect(results(open)).toEqual(["cosignatures open VERIFIER_MISSING"]);
    const enough = checkReceipts({ ...input, policy: trust(policy.policy.quorum) });
    expect(enough).toMatchObject({ sound: true, verification: { unchecked: ["quantum"] } });
  });

  test("under a policy of somebody else holds in form and not in trust", async () => {
    const object = await fingerprint(bytesSource(original));
    const checked = checkReceipts({ receipts: [receipt], policy: { ...policy, genesis: {} }, object });
    expect(checked.sound).toBe(false);
    expect(results(checked)).toEqual([
      "fingerprint not-run",
      "policy fails POLICY_OF_OTHER_LOG",
      "keyChain not-run",
      "checkpoint not-run",
      "cosignatures not-run",
    ]);
    expect(checked.verification.otherLogs).toEqual([]);
  });
});
