// Killed at any moment while objects are let go of: each that was acknowledged is here, or in the PACS as it was and marked as released; none is in neither.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { type FalsePacs, falsePacs } from "../scratch/false-pacs.ts";
import { type Mutant, mutatedNode } from "../scratch/mutated-node.ts";
import { numberedObject } from "../scratch/numbered-object.ts";
import { type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";

const rounds = process.env["FIDUCIAL_LONG"] === "1" ? 200 : 20;
const program = join(import.meta.dirname, "..", "..", "scratch", "releasing-program.ts");
const strace = "strace";
const hasStrace = spawnSync(strace, ["-V"]).status === 0;
const [numbersOfRound, objectsOfRound] = [1000, 60];
const otherPixels = Uint16Array.from({ length: 256 }, (_, at) => 4095 - at);

/** What the PACS holds of an object: of every fifth nothing, of every fifth something else. */
const held = (number: number) => (["as it was", "as it was", "as it was", "nothing", "altered"] as const)[number % 5];

test(`killed ${rounds} times, a node has lost nothing, and lets go of no more than is safe`, {
  timeout: 3_600_000,
}, async () => {
  const [scratch, pacs] = [scratchNode(), await falsePacs()];
  const taken = new Map<number, string>();
  let gone = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [number, digest] of await takeUntilKilled(scratch, pacs, round)) taken.set(number, digest);
    gone = expectNoneLost(scratch, taken);
  }
  expect(gone).toBeGreaterThan(rounds);
  const node = await scratch.open({
    pacs: { qidoUrl: pacs.url, wadoUrl: pacs.url, pollMs: 1 },
    inbox: { settleMs: 30 },
  });
  const releasing = node.startReleasing();
  onTestFinished(() => releasing?.close());
  // One may have been acknowledged to nobody who heard it.
  const numbers = new Map(numbersOf(rounds).map((number) => [digestOf(numberedObject(number)), number]));
  const here = () => [...node.objects.digests()].map((digest) => held(numbers.get(digest) ?? -1));
  await expect.poll(here, { timeout: 120_000 }).not.toContain("as it was");
  expectReleased(node, taken);
  expect(await node.audit()).toMatchObject({ ok: true });
});

const guards: readonly (readonly [title: string, mutant: Mutant])[] = [
  ["its mark", ["objects/object-store.ts", "      released.add(digests);\n", ""]],
  ["the mark's flush", ["folder/checked-database.ts", "PRAGMA synchronous = FULL;", "PRAGMA synchronous = OFF;"]],
];
test.skipIf(!hasStrace)("the mark of an object is on disk before its bytes go", async () => {
  expect(await unmarked(program)).toEqual([]);
});
test.skipIf(!hasStrace).each(guards)("without the guard of %s it would not be", async (_, mutant) => {
  expect((await unmarked(join(mutatedNode(mutant), "scratch", "releasing-program.ts"))).length).toBeGreaterThan(0);
});

const check: Mutant = ["pacs/releasing.ts", "return check.fits ? undefined : check.code;", "return undefined;"];
test("without the check of what came, objects would go of which the PACS holds something else", async () => {
  const [scratch, pacs] = [scratchNode(), await falsePacs()];
  await pacs.store(numberedObject(4, otherPixels));
  const mutant = join(mutatedNode(check), "scratch", "releasing-program.ts");
  const child = spawn(process.execPath, [mutant, scratch.data, scratch.keys, pacs.url, "4", "1", "each"]);
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
});

/** Every number that a round may come to. */
function numbersOf(all: number): number[] {
  return Array.from(
    { length: all * objectsOfRound },
    (_, at) => numbersOfRound * Math.floor(at / objectsOfRound) + (at % objectsOfRound),
  );
}

function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Lets the program take in and let go, kills it at some moment, and returns what it acknowledged until then. */
async function takeUntilKilled(
  { data, keys }: ScratchNode,
  pacs: FalsePacs,
  round: number,
): Promise<Map<number, string>> {
  const first = round * numbersOfRound;
  for (let number = first; number < first + objectsOfRound; number++) {
    if (held(number) === "as it was") await pacs.store(numberedObject(number));
    if (held(number) === "altered") await pacs.store(numberedObject(number, otherPixels));
  }
  const child = spawn(process.execPath, [program, data, keys, pacs.url, String(first), String(objectsOfRound)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const taken = new Map<number, string>();
  const enough = 1 + Math.floor(Math.random() * 40);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== "open") {
      const [, number = "", digest = ""] = /^took (\d+) ([0-9a-f]{64})$/.exec(line) ?? [];
      taken.set(Number(number), digest);
    }
    // So many acknowledgements, then some moment of what follows.
    if (taken.size === enough) setTimeout(() => child.kill("SIGKILL"), Math.random() * 400);
  }
  await closed;
  return taken;
}

/** Expects every object to be here, whole, or to be one that the PACS has as it was; returns how many are gone from here. */
function expectNoneLost({ data }: ScratchNode, taken: ReadonlyMap<number, string>): number {
  let gone = 0;
  for (const [number, digest] of taken) {
    const path = join(data, "objects", digest.slice(0, 2), `${digest}.dcm`);
    if (existsSync(path)) expect(digestOf(readFileSync(path))).toBe(digest);
    else {
      expect([number, held(number)]).toEqual([number, "as it was"]);
      gone++;
    }
  }
  return gone;
}

function expectReleased({ objects }: OpenNode, taken: ReadonlyMap<number, string>): void {
  for (const [number, digest] of taken)
    expect([number, objects.isReleased(digest)]).toEqual([number, held(number) === "as it was"]);
}

/** Objects whose bytes went before their mark was on disk. Each is waited for before the next is taken in. */
async function unmarked(traceable: string): Promise<string[]> {
  const [{ folder, data, keys }, pacs] = [scratchNode(), await falsePacs()];
  for (let number = 0; number < 8; number++) await pacs.store(numberedObject(number));
  const trace = join(folder, "trace");
  const options = ["-f", "-qq", "-y", "-s", "400", "-o", trace, "-e", "trace=fdatasync,fsync,unlink"];
  const command = [...options, process.execPath, traceable, data, keys, pacs.url, "0", "8", "each"];
  const child = spawn(strace, command, { stdio: "ignore" });
  const [code] = await once(child, "exit");
  expect(code).toBe(0);
  const calls = readFileSync(trace, "utf8").split("\n");
  const went = calls.flatMap((line, at) => (/ unlink\("[^"]*\/[0-9a-f]{64}\.dcm"/.test(line) ? [at] : []));
  expect(went).toHaveLength(8);
  return went.flatMap((at, place) => {
    const since = calls.slice(place === 0 ? 0 : (went[place - 1] as number), at);
    const isMarked = since.some((line) => /(?:fsync|fdatasync)\(\d+<[^>]*released\.db-wal>/.test(line));
    return isMarked ? [] : [calls[at] as string];
  });
}
