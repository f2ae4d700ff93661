import { randomBytes } from "node:crypto";
import { manifestOf, proveManifestItem, toHex, verifyManifestItem } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tamper } from "../../scratch/disk.ts";
import { disclosuresOf, keepStudy, randomStatement } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";
import type { Vault } from "../vault.ts";

const nowhere = "0".repeat(64);
const patient = (vault: Vault, patientId = "1") => vault.write((writer) => writer.subjectOf({ issuer: "", patientId }));

describe("what is kept is read as it was", () => {
  test("disclosures of any shape", async () => {
    const { vault, reopen } = await scratchVault();
    const subject = await patient(vault);
    const field = fc.string({ minLength: 1, maxLength: 5, unit: "grapheme" }).filter((text) => text.isWellFormed());
    const value = fc.oneof(fc.string({ unit: "grapheme" }), fc.integer(), fc.constant(null), fc.array(fc.boolean()));
    const kept = new Map<string, unknown>();
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, value, { maxKeys: 5 }), async (values) => {
        const statement = randomStatement();
        const seed = new Uint8Array(randomBytes(32));
        const disclosures = disclosuresOf(seed, values);
        await vault.write((writer) => writer.keep({ statement, subject, seed, disclosures }));
        kept.set(statement, { seed, disclosures });
      }),
    );
    const reopened = await reopen();
    for (const [statement, what] of kept) expect(reopened.disclosures(statement)).toEqual(what);
  });

  test.each([0, 1, 255, 256, 257, 700])(
    "a study of %i objects: items, commitments, headers, versions",
    async (size) => {
      const { vault, reopen } = await scratchVault();
      const { statement, items, headers, study, subject, seed, disclosures } = await keepStudy(vault, {
        patientId: "1",
        size,
      });
      const reopened = await reopen();
      expect(reopened.disclosures(statement)).toEqual({ seed, disclosures });
      expect(reopened.manifestSize(statement)).toBe(size);
      expect([...reopened.manifest(statement)]).toEqual(items);
      expect(reopened.manifestCommitments(statement)).toEqual(items.map(({ commitment }) => commitment));
      expect(reopened.headerCount(statement)).toBe(size);
      expect([...reopened.headers(statement)]).toEqual(headers);
      for (const index of [0, 1, 254, 255, 256, 511, 512, size - 1, size].filter((at) => at >= 0)) {
        expect(reopened.manifestItem(statement, index)).toEqual(items[index]);
        expect(reopened.header(statement, index)).toEqual(headers[index]);
      }
      for (const [item, { value }] of [...items.entries()].slice(0, 5)) {
        const { sopInstanceUid, file } = value as { sopInstanceUid: string; file: string };
        const version = [{ statement, item, study, subject }];
        expect(reopened.versionsOf({ sopInstanceUid })).toEqual(version);
        expect(reopened.versionsOf({ file })).toEqual(version);
        expect(reopened.versionsOf({ sopInstanceUid: file })).toEqual([]);
      }
      expect(reopened.statementsOf(study)).toEqual([statement]);
      expect(reopened.statementsOf(subject)).toEqual([statement]);
    },
  );

  test("an item as read proves itself against the statement's root", async () => {
    const { vault } = await scratchVault();
    const { statement, seed, items } = await keepStudy(vault, { patientId: "1", size: 300 });
    const item = vault.manifestItem(statement, 280)!;
    const proof = proveManifestItem(vault.manifestCommitments(statement)!, 280, item);
    const records = items.toSorted((a, b) => a.place - b.place).map(({ value }) => value);
    expect(verifyManifestItem(proof, manifestOf(records, seed).root)).toBe(true);
  });

  test("every version of an object, oldest first", async () => {
    const { vault } = await scratchVault();
    const first = await keepStudy(vault, { patientId: "1", studyUid: "1.2" });
    const second = await keepStudy(vault, { patientId: "1", studyUid: "1.2" });
    const versions = vault.versionsOf({ sopInstanceUid: "1.2.0" });
    expect(versions.map(({ statement }) => statement)).toEqual([first.statement, second.statement]);
  });

  test("headers larger than a chunk, and a caller that uses its buffer again", async () => {
    const { vault } = await scratchVault();
    const subject = await patient(vault);
    const collection = vault.collectHeaders(subject);
    const buffer = Buffer.alloc(5_000_000);
    for (let place = 0; place < 4; place++) await collection.add(buffer.fill(place));
    expect(collection.size).toBe(4);
    const statement = randomStatement();
    await vault.write((writer) => writer.keep({ statement, subject, headers: collection }));
    for (let place = 0; place < 4; place++)
      expect(vault.header(statement, place)?.every((byte) => byte === place)).toBe(true);
  });

  test("what is not there is nothing, and no error", async () => {
    const { vault } = await scratchVault();
    const { statement } = await keepStudy(vault, { patientId: "1" });
    expect(vault.disclosures(nowhere)).toBeUndefined();
    expect(vault.manifestSize(nowhere)).toBeUndefined();
    expect(vault.manifestItem(nowhere, 0)).toBeUndefined();
    expect([...vault.manifest(nowhere)]).toEqual([]);
    expect(vault.manifestCommitments(nowhere)).toBeUndefined();
    expect(vault.header(nowhere, 0)).toBeUndefined();
    expect([...vault.headers(nowhere)]).toEqual([]);
    for (const index of [-1, 0.5, 3, Number.NaN]) expect(vault.manifestItem(statement, index)).toBeUndefined();
    expect(vault.versionsOf({ sopInstanceUid: "9.9" })).toEqual([]);
    expect(vault.statementsOf("0".repeat(32))).toEqual([]);
  });
});

describe("statements with manifests", () => {
  function* all(vault: Vault) {
    for (let page = vault.manifestsAfter(0); page !== undefined; page = vault.manifestsAfter(page.last)) yield page;
  }

  test("are listed a page at a time, and gone when they are forgotten", async () => {
    const { vault } = await scratchVault();
    expect(vault.manifestsAfter(0)).toBeUndefined();
    const kept: { statement: string; study: string }[] = [];
    for (let at = 0; at < 130; at++) {
      const { statement, study } = await keepStudy(vault, { patientId: String(at), size: 1 });
      kept.push({ statement, study });
    }
    await vault.write((writer) =>
      writer.keep({ statement: randomStatement(), subject: writer.subjectOf({ issuer: "", patientId: "0" }) }),
    );
    const pages = [...all(vault)];
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.flatMap(({ statements }) => statements)).toEqual(kept);
    await vault.forget(kept[0]!.study);
    expect([...all(vault)].flatMap(({ statements }) => statements)).toEqual(kept.slice(1));
  });

  test("go on being listed beside one that cannot be read", async () => {
    const { vault, path } = await scratchVault();
    await keepStudy(vault, { patientId: "1", size: 1 });
    const { statement, study } = await keepStudy(vault, { patientId: "2", size: 1 });
    expect(vault.manifestsAfter(0)?.isDamaged).toBe(false);
    tamper(path, "UPDATE part SET content = zeroblob(99) WHERE id = (SELECT min(id) FROM part)");
    expect(vault.manifestsAfter(0)).toMatchObject({ statements: [{ statement, study }], isDamaged: true });
  });
});

describe("a statement about two subjects", () => {
  test("is kept in two parts, read as one, and forgotten by half", async () => {
    const { vault } = await scratchVault();
    const [from, to] = await Promise.all([patient(vault, "from"), patient(vault, "to")]);
    const statement = randomStatement();
    const seed = randomBytes(32);
    const { from: fromField, to: toField } = disclosuresOf(seed, { from: "from", to: "to" });
    await vault.write((writer) => {
      writer.keep({ statement, subject: from, disclosures: { from: fromField! } });
      writer.keep({ statement, subject: to, disclosures: { to: toField! } });
    });
    expect(vault.disclosures(statement)?.disclosures).toEqual({ from: fromField, to: toField });
    await vault.forget(from);
    expect(vault.disclosures(statement)?.disclosures).toEqual({ to: toField });
  });
});

describe("what is refused", () => {
  test.each([
    ["a statement id that is none", { statement: "x" }],
    ["a seed of another length", { seed: new Uint8Array(31) }],
    ["one salt for two values", { disclosures: { a: { salt: nowhere, value: 1 }, b: { salt: nowhere, value: 2 } } }],
    ["a short salt", { disclosures: { a: { salt: "00", value: 1 } } }],
    ["a value that JSON has no canonical form for", { disclosures: { a: { salt: nowhere, value: 0.5 } } }],
    ["an object outside the manifest", { objects: [{ item: 0, sopInstanceUid: "1" }] }],
    [
      "one salt for two items",
      { manifest: [0, 1].map((place) => ({ salt: nowhere, value: place, commitment: nowhere, place })) },
    ],
    ["a commitment that is none", { manifest: [{ salt: nowhere, value: 0, commitment: "", place: 0 }] }],
  ])("%s", async (_title, fault) => {
    const { vault } = await scratchVault();
    const subject = await patient(vault);
    const kept = vault.write((writer) => writer.keep({ statement: randomStatement(), subject, ...fault }));
    await expect(kept).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
  });

  test("keeping the same again, in whole or in part", async () => {
    const { vault } = await scratchVault();
    const { statement, subject, disclosures, items } = await keepStudy(vault, { patientId: "1" });
    const headers = vault.collectHeaders(subject);
    for (const part of [{ disclosures }, { manifest: items }, { headers }]) {
      const again = vault.write((writer) => writer.keep({ statement, subject, ...part }));
      await expect(again).rejects.toMatchObject({ code: "STATEMENT_KEPT" });
    }
  });

  test("another subject's study, and another subject's headers", async () => {
    const { vault } = await scratchVault();
    const { study } = await keepStudy(vault, { patientId: "A" });
    const other = await patient(vault, "B");
    const statement = randomStatement();
    const keep = (part: object) => vault.write((writer) => writer.keep({ statement, subject: other, ...part }));
    await expect(keep({ study })).rejects.toMatchObject({ code: "STUDY_OF_ANOTHER_SUBJECT" });
    await expect(keep({ study: "0".repeat(32) })).rejects.toMatchObject({ code: "STUDY_UNKNOWN" });
    const headers = vault.collectHeaders(await patient(vault, "A"));
    await expect(keep({ headers })).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
  });

  test("a collection twice, or given up; one whose transaction failed can be taken again", async () => {
    const { vault } = await scratchVault();
    const subject = await patient(vault);
    const headers = vault.collectHeaders(subject);
    for (let place = 0; place < 300; place++) await headers.add(Uint8Array.of(place & 255));
    const [first, second] = [randomStatement(), randomStatement()];
    const failing = vault.write((writer) => {
      writer.keep({ statement: first, subject, headers });
      throw new Error("something else went wrong");
    });
    await expect(failing).rejects.toThrow("something else went wrong");
    await vault.write((writer) => writer.keep({ statement: first, subject, headers }));
    expect(vault.header(first, 299)).toEqual(Uint8Array.of(299 & 255));
    const twice = vault.write((writer) => writer.keep({ statement: second, subject, headers }));
    await expect(twice).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
    const discarded = vault.collectHeaders(subject);
    await discarded.add(Uint8Array.of(1));
    await discarded.discard();
    const afterwards = vault.write((writer) => writer.keep({ statement: second, subject, headers: discarded }));
    await expect(afterwards).rejects.toMatchObject({ code: "VALUE_MALFORMED" });
    expect(vault.header(first, 0)).toEqual(Uint8Array.of(0));
  });
});

test("5,000 items are written within a second and one is read within 20 ms", async () => {
  const { vault } = await scratchVault();
  const subject = await patient(vault);
  const records = Array.from({ length: 5000 }, (_, place) => ({
    sopInstanceUid: `1.2.826.0.1.3680043.8.498.${place}`,
    ...Object.fromEntries(
      ["file", "dataset", "frames", "pixels", "attributes"].map((name) => [name, toHex(randomBytes(32))]),
    ),
  }));
  const { items } = manifestOf(records, randomBytes(32));
  const statement = randomStatement();
  const writing = performance.now();
  await vault.write((writer) => writer.keep({ statement, subject, manifest: items }));
  const written = performance.now();
  // The least of three: what is measured is the vault and not what else the machine does.
  const readings = [4321, 17, 2500].map((index) => {
    const start = performance.now();
    expect(vault.manifestItem(statement, index)).toEqual(items[index]);
    return performance.now() - start;
  });
  expect(written - writing).toBeLessThan(1000);
  expect(Math.min(...readings)).toBeLessThan(20);
});
