// Real objects go into Orthanc, a widespread archive, and come back in every way that it has. A node that registered them says what became of
// each: never altered, and identical wherever Orthanc says that it keeps what it got.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bytesSource, fingerprint, type Verdict } from "@fiducial/dicom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OpenNode, openNode } from "../../apps/node/src/compose.ts";
import type { FileVerification } from "../../apps/node/src/verification/verify-files.ts";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { orthancProgram, type RunningOrthanc, startOrthanc } from "./running-orthanc.ts";

interface RealObject {
  readonly name: string;
  readonly path: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly hasPixels: boolean;
  /** Whether more pixel data stand there than the frames announced; encoding drops what is behind them. */
  readonly hasExcess: boolean;
}

/** Lossless encodings that this Orthanc can turn objects into. */
const jpegLossless = "1.2.840.10008.1.2.4.70";
const jpegLs = "1.2.840.10008.1.2.4.80";
const uncompressed = ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"];

/** Objects whose pictures none of our codecs decodes: a lossy frame under the name of a lossless encoding. */
const undecided = new Set(["op.dcm"]);
/** Objects in which Orthanc decodes or encodes a picture within the header too: an icon, and a maker's own. */
const withPicturesInHeader = new Map([
  ["mg-for-presentation.dcm", ["0088,0200", "07a3,xxce,ELSCINT1"]],
  ["mr-overlay.dcm", ["0088,0200"]],
  ["pet-1.dcm", ["0088,0200"]],
  ["pet-2.dcm", ["0088,0200"]],
]);

const folder = mkdtempSync(join(tmpdir(), "fiducial-round-trips-"));
const rounds = roundsOf(await realObjects());
const came: Record<string, Partial<Record<Verdict, number>>> = {};
let orthanc: RunningOrthanc;
/** An Orthanc that encodes what it gets. */
let encoder: RunningOrthanc;

beforeAll(async () => {
  if (orthancProgram === undefined) return;
  orthanc = await startOrthanc(orthancProgram);
  encoder = await startOrthanc(orthancProgram, { IngestTranscoding: jpegLs });
}, 60_000);
afterAll(async () => {
  await orthanc?.stop();
  await encoder?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(orthancProgram === undefined || rounds.length === 0)("what Orthanc makes of", () => {
  describe.each(rounds.map((round, at) => ({ round, at })))("round $at", ({ round, at }) => {
    let node: OpenNode;
    beforeAll(async () => {
      const names = { data: join(folder, `${at}-data`), keys: join(folder, `${at}-keys`) };
      node = await openNode({ ...names, create: true, threads: 1 });
      expect((await node.ingest(round.map(({ path }) => path))).instances).toBe(round.length);
    });
    afterAll(() => node.close());

    test.each(round)("$name", async (object) => {
      const judge = async (way: string, bytes: Uint8Array | undefined) => {
        if (bytes === undefined) return;
        const verification = await verified(node, bytes);
        came[way] = { ...came[way], [verification.verdict]: (came[way]?.[verification.verdict] ?? 0) + 1 };
        expectSame(verification, object, way);
      };
      await storedOverRest(object, round.indexOf(object), judge);
      const encoded = await encoder.store(readFileSync(object.path));
      await judge("encoded as JPEG-LS", encoded === undefined ? undefined : await encoder.file(encoded));
      await encoder.clear();
      const sent = await orthanc.send(object.path);
      await judge("C-STORE", sent === undefined ? undefined : await orthanc.file(sent));
      await orthanc.clear();
    });
  });

  test("was asked often, and has encoded and decoded", () => {
    const most = sharedData() === undefined ? 15 : 55;
    expect(came["kept"]).toEqual({ identical: expect.any(Number) });
    expect(came["kept"]?.identical).toBeGreaterThan(most);
    for (const way of ["WADO-RS", "WADO-RS, deflated", "C-STORE"]) expect(sum(came[way]), way).toBeGreaterThan(most);
    for (const way of ["WADO-RS, JPEG lossless", "encoded as JPEG-LS"])
      expect(came[way]?.["same-pixels"], way).toBeGreaterThan(5);
    expect(sum(came["C-GET"])).toBeGreaterThan(most / 4);
    expect(sum(came["C-MOVE"])).toBeGreaterThan(most / 8);
  });
});

async function storedOverRest(
  { path }: RealObject,
  place: number,
  judge: (way: string, bytes: Uint8Array | undefined) => Promise<void>,
): Promise<void> {
  const original = readFileSync(path);
  const id = await orthanc.store(original);
  if (id === undefined) return;
  const kept = await orthanc.file(id);
  const sent = await orthanc.wado(id, "*");
  expect([kept, sent].map((bytes) => bytes && Buffer.compare(bytes, original))).toEqual([0, 0]);
  await judge("kept", kept);
  await judge("WADO-RS", await orthanc.wado(id, undefined));
  await judge("WADO-RS, deflated", await orthanc.wado(id, "1.2.840.10008.1.2.1.99"));
  await judge("WADO-RS, JPEG lossless", await orthanc.wado(id, jpegLossless));
  // These take up to a second each.
  if (place % 3 === 0) await judge("C-GET", await orthanc.get(id));
  if (place % 6 === 0) await judge("C-MOVE", await orthanc.move(id, "+xa"));
  await orthanc.clear();
}

/** Identical unless the frames are encoded anew, and then of the same samples; only pictures in the header are encoded anew as well. */
function expectSame(
  { verdict, reason, changedAttributes, differences, harmless }: FileVerification,
  { name, transferSyntaxUid, hasPixels, hasExcess }: RealObject,
  way: string,
): void {
  const decodes = hasPixels && !uncompressed.includes(transferSyntaxUid);
  const encodes = differences.includes("FRAMES");
  const expected: Verdict = !encodes ? "identical" : undecided.has(name) ? "undecided" : "same-pixels";
  expect([verdict, reason], way).toEqual([expected, expected === "undecided" ? "NO_CODEC" : undefined]);
  // What comes uncompressed stays so, unless a way is one of encoding; what was kept or sent as it is has no new frames at all.
  if (encodes) expect(way.includes("JPEG") || (decodes && !["kept", "C-STORE"].includes(way)), way).toBe(true);
  const changed = changedAttributes.filter((change) => change.class !== "coercible").map(({ path }) => path);
  if (withPicturesInHeader.has(name))
    expect(withPicturesInHeader.get(name), way).toEqual(expect.arrayContaining(changed));
  else if (expected !== "undecided") expect(changed, way).toEqual([]);
  // Orthanc fills a data set that it deflated with zeros, up to the size that it had before: that is no difference.
  expect(differences, way).not.toContain("TRAILING_BYTES");
  if (expected !== "undecided") expect(harmless, way).toBe(changed.length === 0 && !(hasExcess && encodes));
}

async function verified(node: OpenNode, bytes: Uint8Array): Promise<FileVerification> {
  const path = join(folder, "came-back.dcm");
  writeFileSync(path, bytes);
  return node.verify(path);
}

/** One slice of each series of the shared data, or pydicom's files. */
async function realObjects(): Promise<RealObject[]> {
  const shared = sharedData();
  const source = shared === undefined ? pydicomData() : join(shared, "dicom", "valid");
  if (source === undefined || orthancProgram === undefined) return [];
  const anotherSlice = /^(?:series-mr-(?:0[2-9]|1\d)|ct3-0[23])\.dcm$/;
  const names = readdirSync(source).filter((name) => name.endsWith(".dcm") && !anotherSlice.test(name));
  const objects: RealObject[] = [];
  for (const name of names) {
    const path = join(source, name);
    const read = await fingerprint(bytesSource(readFileSync(path))).catch(() => undefined);
    // DCMTK, on which Orthanc stands, keeps one of two elements with the same tag, and so changes the object.
    if (read === undefined || read.fingerprint.notes.includes("DUPLICATE_ELEMENT")) continue;
    const { transferSyntaxUid, frames, notes } = read.fingerprint;
    const sopInstanceUid = read.header.sopInstanceUid ?? "";
    const hasExcess = notes.includes("PIXEL_DATA_EXCESS");
    objects.push({ name, path, sopInstanceUid, transferSyntaxUid, hasPixels: frames !== null, hasExcess });
  }
  return objects;
}

/** Parts the objects so that no round has two versions of one: a verdict is the best over all versions that a node knows. */
function roundsOf(objects: readonly RealObject[]): RealObject[][] {
  const made: RealObject[][] = [];
  for (const object of objects) {
    const isTaken = (round: RealObject[]) => round.some((one) => one.sopInstanceUid === object.sopInstanceUid);
    const free = made.find((round) => !isTaken(round));
    if (free === undefined) made.push([object]);
    else free.push(object);
  }
  return made;
}

function sum(counts: Partial<Record<Verdict, number>> = {}): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
