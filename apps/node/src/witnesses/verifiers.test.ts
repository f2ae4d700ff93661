import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { verifyMlDsa44 } from "@fiducial/core/ml-dsa-44";
import { expect, onTestFinished, test } from "vitest";
import { quantumWitness } from "../../../../vectors/checkpoint/quantum-witness.ts";
import { health } from "../routes/health.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { verifiersFor } from "./verifiers.ts";
import { witnessesFile } from "./witness-files.ts";

test("a witness that cosigns with ML-DSA-44 counts: its cosignatures are taken, shown, and meet the quorum", async () => {
  const scratch = scratchNode();
  await scratch.open();
  await scratch.close();
  expect((await verifiersFor(scratch.data)).mlDsa44).toBeUndefined();
  const { policyLine, close } = await quantumWitness();
  onTestFinished(close);
  writeFileSync(join(scratch.data, witnessesFile), `${policyLine}\nquorum quantum\n`);
  expect((await verifiersFor(scratch.data)).mlDsa44).toBe(verifyMlDsa44);

  const node = await scratch.open();
  const { studies } = await node.ingest([scratch.file("object.dcm")]);
  await expect.poll(() => health(node).witnesses[0], { timeout: 10_000 }).toMatchObject({ reached: true, size: 4 });
  expect(health(node).checkpoint?.cosigners.map(({ name }) => name)).toEqual(["quantum"]);
  const receipt = parseReceipt(await node.receipts.receipt(studies[0]?.index ?? -1));
  const policy = parseTrustPolicy(node.policy());
  expect(verifyReceipt(receipt, policy, nobleBackend, verifyMlDsa44)).toMatchObject({
    ok: true,
    cosigners: [{ name: "quantum" }],
  });
  expect((await node.audit()).ok).toBe(true);
});
