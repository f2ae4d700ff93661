import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keepStudy } from "../scratch/sample-study.ts";
import { scratchFolder } from "../scratch/scratch-vault.ts";
import { readAsSecond } from "../scratch/second-reader.ts";
import { environmentProtector } from "./keyring/environment-protector.ts";
import { openVault } from "./vault.ts";

test("a second reader, written from docs/formats/vault.md, reads what was kept", async () => {
  const path = join(scratchFolder(), "vault.db");
  const nodeKey = randomBytes(32);
  const protector = environmentProtector({ FIDUCIAL_NODE_KEY: nodeKey.toString("base64") });
  const vault = await openVault({ path, protector, erased: [] });
  const sample = await keepStudy(vault, { patientId: "4711", issuer: "Nördlich" });
  await vault.close();

  const read = await readAsSecond(path, nodeKey, ["Nördlich", "4711"], sample.statement);
  expect(Buffer.from(read.check[1]).toString("base64")).toBe(read.check[0]);
  expect(read.handle).toBe(sample.subject);
  expect(read.content).toMatchObject({
    statement: sample.statement,
    study: sample.study,
    seed: Buffer.from(sample.seed).toString("hex"),
    disclosures: sample.disclosures,
    manifest: { items: { size: 3 }, commitments: { size: 3 } },
    headers: { size: 3 },
  });
  expect(read.items).toEqual(sample.items.map(({ salt, value, place }) => ({ salt, value, place })));
  expect(read.commitments).toBe(sample.items.map(({ commitment }) => commitment).join(""));
  expect(new Uint8Array(read.firstHeader)).toEqual(sample.headers[0]);
});
