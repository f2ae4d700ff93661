// Hostile objects in a process of their own with a small heap: each is read or refused with a code, and none of them makes the process grow.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { sharedData } from "../../../../scripts/shared-data.ts";
import {
  element,
  file,
  identity,
  imageModule,
  join as joinBytes,
  explicitLittle as le,
  sequence,
  syntaxes,
  tagBytes,
  uint32,
  undefinedLength,
} from "../../../../vectors/fingerprints/object-bytes.ts";
import { dicomErrors } from "../dicom-error.ts";

/** Of V8's heap; what is inflated lies outside of it, and counts among all memory. */
const heapMebibytes = 256;
const limitMebibytes = 512;
const mutations = 12_000;
const seed = fc.readConfigureGlobal().seed ?? 20_261_122;
const folder = mkdtempSync(join(tmpdir(), "fiducial-hostile-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Found {
  /** By name of the file: a code, or "read". */
  readonly outcomes: Readonly<Record<string, string>>;
  /** How often each came up. */
  readonly counts: Readonly<Record<string, number>>;
  readonly mebibytes: number;
}

const start = joinBytes(...identity(le));
const explicit = (...parts: Uint8Array[]) => file(syntaxes.explicitLittle, joinBytes(start, ...parts));
const deflated = (...parts: Uint8Array[]) => file(syntaxes.deflated, deflateRawSync(joinBytes(...parts), { level: 9 }));

/** What is done to the reader, and what must come of it. */
const hostile: Readonly<Record<string, readonly [bytes: Uint8Array, outcome: string]>> = {
  "a bomb of 300 MiB": [deflated(start, element(le, "00420011", "OB", new Uint8Array(300 * 2 ** 20))), "DEFLATE_BOMB"],
  "a value of 4 GiB that is not there": [explicit(element(le, "00104000", "UT", "x", 0xfffffffe)), "TRUNCATED"],
  "pixels of 4 GiB that are not there": [
    explicit(imageModule(le, {}), element(le, "7fe00010", "OW", "x", 0xfffffffe)),
    "TRUNCATED",
  ],
  "a sequence of 4 GiB that is not there": [explicit(element(le, "00400275", "SQ", "", 0xfffffffe)), "TRUNCATED"],
  "a fragment of 4 GiB that is not there": [
    file(
      syntaxes.jpegBaseline,
      joinBytes(
        start,
        imageModule(le, {}),
        element(le, "7fe00010", "OB", joinBytes(item(0), item(0xfffffffe)), undefinedLength),
      ),
    ),
    "read",
  ],
  "3,000 nested sequences of undefined length": [explicit(nested(3000, true)), "NESTED_TOO_DEEP"],
  "3,000 nested sequences of stated length": [explicit(nested(3000, false)), "NESTED_TOO_DEEP"],
  "a million empty items": [explicit(element(le, "00400275", "SQ", emptyItems(1_000_000), 8_000_000)), "read"],
  "three million empty items": [
    explicit(element(le, "00400275", "SQ", emptyItems(3_000_000), 24_000_000)),
    "HEADER_TOO_LARGE",
  ],
  "two thousand million frames": [
    explicit(imageModule(le, { frames: "2147483647" }), element(le, "7fe00010", "OW", new Uint8Array(64))),
    "read",
  ],
};

describe("a process with a small heap reads or refuses", () => {
  test("what was made to exhaust it", async () => {
    const names = Object.entries(hostile).map(([name, [bytes]]) => written(name, bytes));
    const { outcomes, mebibytes } = await readBy(program, ...names);
    expect(outcomes).toEqual(Object.fromEntries(Object.entries(hostile).map(([name, [, outcome]]) => [name, outcome])));
    expect(mebibytes).toBeLessThan(limitMebibytes);
  });

  const data = sharedData();
  test.skipIf(data === undefined)("every malformed file of the shared data", async () => {
    const malformed = join(data as string, "dicom", "malformed");
    const names = readdirSync(malformed);
    const { outcomes, mebibytes } = await readBy(program, ...names.map((name) => join(malformed, name)));
    expect(Object.keys(outcomes).sort()).toEqual(names.sort());
    expect(Object.values(outcomes).filter((outcome) => !isOutcome(outcome))).toEqual([]);
    expect(mebibytes).toBeLessThan(limitMebibytes);
  });

  test(`${mutations} damaged objects, one after the other`, async () => {
    const { counts, mebibytes } = await readBy(mutating, String(seed), String(mutations));
    expect(Object.keys(counts).filter((outcome) => !isOutcome(outcome))).toEqual([]);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(mutations);
    expect(Object.keys(counts).length).toBeGreaterThan(8);
    expect(mebibytes, `seed ${seed}`).toBeLessThan(limitMebibytes);
  });
});

function isOutcome(outcome: string): boolean {
  return outcome === "read" || Object.hasOwn(dicomErrors, outcome);
}

function item(length: number): Uint8Array {
  return joinBytes(tagBytes(le, "fffee000"), uint32(le, length));
}

function emptyItems(count: number): Uint8Array {
  const items = Buffer.alloc(8 * count);
  items.fill(item(0));
  return items;
}

function nested(levels: number, undefinedLengths: boolean): Uint8Array {
  let inner: Uint8Array = new Uint8Array(0);
  for (let level = 0; level < levels; level++) inner = sequence(le, "00400275", [inner], undefinedLengths);
  return inner;
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Runs a program in a process of its own; one that dies, or says nothing for long, makes the test fail. */
async function readBy(source: string, ...args: readonly string[]): Promise<Found> {
  const flags = [`--max-old-space-size=${heapMebibytes}`, "--input-type=module", "-e", source, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, flags, { maxBuffer: 2 ** 26 });
  const found = JSON.parse(stdout) as Found;
  const outcomes = Object.entries(found.outcomes).map(([path, outcome]) => [basename(path), outcome]);
  return { ...found, outcomes: Object.fromEntries(outcomes) };
}

const reading = `
  import { readCanonicalHeader } from ${JSON.stringify(import.meta.resolve("../fingerprint/canonical-attributes.ts"))};
  import { fingerprint } from ${JSON.stringify(import.meta.resolve("../fingerprint/fingerprint.ts"))};
  const outcomes = {}, counts = {};
  async function outcomeOf(source) {
    try {
      readCanonicalHeader((await fingerprint(source)).canonicalHeader);
      return "read";
    } catch (error) {
      return String(error.code ?? error.stack);
    }
  }
  function count(outcome) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  function tell() {
    console.log(JSON.stringify({ outcomes, counts, mebibytes: process.resourceUsage().maxRSS / 1024 }));
  }`;
const program = `${reading}
  import { openFile } from ${JSON.stringify(import.meta.resolve("./file-source.ts"))};
  for (const path of process.argv.slice(1)) {
    await using source = await openFile(path).catch((error) => ({ error, [Symbol.asyncDispose]: async () => {} }));
    outcomes[path] = source.error === undefined ? await outcomeOf(source) : String(source.error.code);
    count(outcomes[path]);
  }
  tell();`;
const mutating = `${reading}
  import fc from ${JSON.stringify(import.meta.resolve("fast-check"))};
  import { damagedObject } from ${JSON.stringify(import.meta.resolve("../../../../vectors/fingerprints/damaged-objects.ts"))};
  import { bytesSource } from ${JSON.stringify(import.meta.resolve("./byte-source.ts"))};
  const [seed, numRuns] = process.argv.slice(1).map(Number);
  const examine = async (bytes) => count(await outcomeOf(bytesSource(bytes)));
  await fc.assert(fc.asyncProperty(damagedObject, examine), { numRuns, seed });
  tell();`;
