import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Json, manifestOf } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { coe, hospital } from "../scratch/scratch-hospital.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { newSeed } from "../statements/author.ts";
import { verifyFile } from "./verify-files.ts";

const refused = { code: "PATH_UNREADABLE", message: "" };

/** What is found by looking into the object, whatever is known of its bytes. */
function byComparing({ fingerprints, vault, logs }: OpenNode, file: string) {
  return verifyFile({ ...fingerprints, digest: async () => ({ refused }) }, vault, logs, file);
}

/** What is found without looking into the object. Rejects when that is not enough. */
function byDigest({ fingerprints, vault, logs }: OpenNode, file: string) {
  const run = () => Promise.reject(new Error("The object was read."));
  return verifyFile({ ...fingerprints, run }, vault, logs, file);
}

const sha256 = (path: string) => createHash("sha256").update(readFileSync(path)).digest("hex");

describe("a file that is registered byte for byte", () => {
  test("is known by its digest alone, and what is said of it is what comparing it says", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const [one, two] = [scratch.file("one.dcm"), scratch.file("two.dcm", { seed: "two" })];
    await node.ingest([one, two]);
    for (const file of [one, two]) {
      const found = await byDigest(node, file);
      expect(found).toMatchObject({ verdict: "identical", harmless: true, differences: [], changedAttributes: [] });
      expect(Object.entries(found)).toEqual(Object.entries(await byComparing(node, file)));
    }
  });

  test("is said to be the version that comparing comes to, however many there are", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const first = scratch.file("first.dcm");
    const bytes = readFileSync(first);
    const preamble = join(scratch.folder, "preamble.dcm");
    writeFileSync(preamble, bytes.with(0, 1));
    const altered = join(scratch.folder, "altered.dcm");
    writeFileSync(altered, bytes.with(bytes.length - 1, (bytes.at(-1) as number) ^ 1));
    const registered: string[] = [];
    for (const file of [first, altered, preamble]) {
      await node.ingest([file]);
      registered.push(file);
      for (const version of registered) expect(await node.verify(version)).toEqual(await byComparing(node, version));
    }
    expect(await byDigest(node, preamble)).toMatchObject({ verdict: "identical", differences: [] });
    // Of what came later with other pixels the digest does not say that it is no copy of the first.
    await expect(byDigest(node, altered)).rejects.toThrow("read");
    // The same data set was registered again with another preamble: the file is that version too, but for its bytes.
    expect(await node.verify(first)).toMatchObject({ verdict: "identical", differences: ["FILE"] });
  });

  test("comes with what is to be said of its study: frozen, destroyed", async () => {
    const { scratch, node, approvers, study } = await hospital();
    const files = copies(scratch.folder, node);
    const [dora, dan] = approvers;
    const both = async () => {
      for (const file of files) expect(await node.verify(file)).toEqual(await byComparing(node, file));
      return Promise.all(files.map((file) => node.verify(file)));
    };
    const notices = async () => (await both()).filter((found) => found.study === study).map((found) => found.notices);
    expect(await notices()).toEqual([undefined, undefined, undefined]);
    await node.operations.correct(study, { issuer: "", patientId: coe.patientId }, [dora]);
    expect(await notices()).toEqual(Array(3).fill(["STUDY_FROZEN"]));
    await node.operations.completeCorrection(study, [dan]);
    expect(await notices()).toEqual([undefined, undefined, undefined]);
    await node.operations.destroy([study], "entered-in-error", approvers);
    expect((await both()).filter(({ verdict }) => verdict === "unknown")).toHaveLength(3);
  });
});

describe("a digest is not believed", () => {
  test("when no log has the statement that it stands in", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const [known, stranger] = [scratch.file("known.dcm"), scratch.file("stranger.dcm")];
    await node.ingest([known]);
    const { item, record } = recordOf(node, known);
    const seed = newSeed();
    const lie: Record<string, Json> = { ...(record as Record<string, Json>), file: sha256(stranger) };
    const manifest = manifestOf([lie], seed).items;
    const objects = [{ item, sopInstanceUid: String(lie["sopInstanceUid"]), file: sha256(stranger) }];
    const subject = await node.vault.write((writer) => writer.subjectOf({ issuer: "", patientId: "stranger" }));
    await node.vault.write((writer) => writer.keep({ statement: "0".repeat(64), subject, seed, manifest, objects }));
    expect(node.vault.versionsOf({ file: sha256(stranger) })).toHaveLength(1);
    expect(await node.verify(stranger)).toMatchObject({ verdict: "unknown", harmless: false });
    expect(await node.verify(known)).toMatchObject({ verdict: "identical" });
  });

  test("when the index leads to the record of another object", async () => {
    const scratch = scratchNode();
    const node = await scratch.open();
    const [known, stranger] = [scratch.file("known.dcm"), scratch.file("stranger.dcm")];
    await node.ingest([known]);
    const vault: OpenNode["vault"] = {
      ...node.vault,
      versionsOf: () => node.vault.versionsOf({ file: sha256(known) }),
    };
    expect(await verifyFile(node.fingerprints, vault, node.logs, stranger)).toMatchObject({ verdict: "unknown" });
  });
});

test("files that are none, or no objects, are refused as they were; large ones are digested in pieces", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const text = join(scratch.folder, "text");
  writeFileSync(text, "no image");
  const folder = join(scratch.folder, "folder");
  mkdirSync(folder);
  for (const path of [text, folder, join(scratch.folder, "absent")]) {
    const found = await node.verify(path);
    expect(found).toEqual(await byComparing(node, path));
    expect(found).toMatchObject({ verdict: "unknown", code: path === text ? "NOT_DICOM" : "PATH_UNREADABLE" });
  }
  const large = join(scratch.folder, "large");
  writeFileSync(large, Buffer.alloc(20 * 2 ** 20, 7));
  expect(await node.fingerprints.digest(large)).toEqual({ digest: sha256(large) });
});

function recordOf(node: OpenNode, file: string): { item: number; record: Json } {
  const [version] = node.vault.versionsOf({ file: sha256(file) });
  if (version === undefined) throw new Error("Not registered.");
  return { item: version.item, record: node.vault.manifestItem(version.statement, version.item)?.value as Json };
}

function copies(folder: string, node: OpenNode): string[] {
  return [...node.objects.digests()].map((digest) => {
    const copy = join(folder, `${digest}.copy`);
    writeFileSync(copy, readFileSync(node.objects.pathOf(digest)));
    return copy;
  });
}
