// Killed at any moment while objects come in: each that was acknowledged is there afterwards, registered once, with a receipt that holds.
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "@fiducial/core";
import { expect, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import { type Mutant, mutatedNode } from "../scratch/mutated-node.ts";
import { type ScratchNode, scratchNode } from "../scratch/scratch-node.ts";

const rounds = process.env["FIDUCIAL_LONG"] === "1" ? 300 : 50;
const program = join(import.meta.dirname, "..", "..", "scratch", "inbox-program.ts");
const strace = "strace";
const hasStrace = spawnSync(strace, ["-V"]).status === 0;
const numbersOfRound = 100_000;

/** An object that was acknowledged. */
interface Acknowledged {
  readonly uid: string;
  readonly study: string;
  readonly digest: string;
}

test(`killed ${rounds} times, an inbox has all that it acknowledged`, { timeout: 3_600_000 }, async () => {
  const scratch = scratchNode();
  const acknowledged: Acknowledged[] = [];
  for (let round = 0; round < rounds; round++) {
    acknowledged.push(...(await sendUntilKilled(scratch, round)));
    for (const { digest } of acknowledged) expect(digestOnDisk(scratch, digest)).toBe(digest);
  }
  const node = await scratch.open({ inbox: { settleMs: 100 } });
  await expect.poll(() => node.inbox.standing(), { timeout: 120_000 }).toEqual({ objects: 0, studies: 0 });
  await expectRegisteredOnce(node, acknowledged);
  expect(new Set(acknowledged.map(({ uid }) => uid)).size).toBeGreaterThan(5 * rounds);
});

test.skipIf(!hasStrace)("an object is on disk, its name and its mark too, before it is acknowledged", () => {
  expect(unflushed(traced(program))).toEqual([]);
});

const guards: readonly (readonly [title: string, mutant: Mutant])[] = [
  ["its bytes", ["objects/incoming-copy.ts", "      await flushData(file);\n", ""]],
  ["its name", ["intake/inbox.ts", "await objects.flush(group.map(({ digest }) => digest));", ""]],
  ["its mark", ["folder/checked-database.ts", "PRAGMA synchronous = FULL;", "PRAGMA synchronous = OFF;"]],
  ["whoever waits for its name", ["intake/inbox.ts", "await objects.flush(", "void objects.flush("]],
];
test.skipIf(!hasStrace).each(guards)("without the guard of %s it would not be", (_title, mutant) => {
  expect(unflushed(traced(join(mutatedNode(mutant), "scratch", "inbox-program.ts"))).length).toBeGreaterThan(0);
});

/** Lets the program send, kills it at some moment, and returns what it acknowledged until then. */
async function sendUntilKilled({ data, keys }: ScratchNode, round: number): Promise<Acknowledged[]> {
  const first = String(round * numbersOfRound);
  const child = spawn(process.execPath, [program, data, keys, first, String(numbersOfRound)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  const acknowledged: Acknowledged[] = [];
  const enough = Math.floor(Math.random() * 30);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line !== "open") acknowledged.push(acknowledgedIn(line));
    // Some are killed before anything was acknowledged, some while studies are registered: so many acknowledgements, not so much time, or a slow machine would kill too early.
    if (acknowledged.length === enough) setTimeout(() => child.kill("SIGKILL"), Math.random() * 50);
  }
  await closed;
  return acknowledged;
}

function acknowledgedIn(line: string): Acknowledged {
  expect(line).toMatch(/^took \S+ \S+ [0-9a-f]{64}$/);
  const [, uid = "", study = "", digest = ""] = line.split(" ");
  return { uid, study, digest };
}

function digestOnDisk({ data }: ScratchNode, digest: string): string {
  const path = join(data, "objects", digest.slice(0, 2), `${digest}.dcm`);
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

async function expectRegisteredOnce(node: OpenNode, acknowledged: readonly Acknowledged[]): Promise<void> {
  const policy = parseTrustPolicy(node.policy());
  const size = node.store.head().edge.size;
  const times = new Map<string, number>();
  const statements = new Set<string>();
  for (const study of new Set(acknowledged.map((one) => one.study)))
    for (const { study: handle } of node.vault.findStudies({ patientId: `P${study}` }))
      for (const id of node.vault.statementsOf(handle)) if (node.store.indexOf(id) !== undefined) statements.add(id);
  await node.projector.caughtUp(size);
  for (const id of statements) {
    for (const { value } of node.vault.manifest(id)) {
      const { file } = value as { file: string };
      times.set(file, (times.get(file) ?? 0) + 1);
    }
    const receipt = parseReceipt(await node.receipts.receipt(id));
    expect(verifyReceipt(receipt, policy, nobleBackend).ok).toBe(true);
  }
  for (const { digest } of acknowledged) expect(times.get(digest)).toBe(1);
  expect(await node.audit()).toMatchObject({ ok: true });
}

/** A system call: which lines of the record it took, the paths in it, and its text. */
interface Call {
  readonly name: string;
  readonly begun: number;
  readonly ended: number;
  readonly paths: readonly string[];
  readonly text: string;
}

/** Acknowledgements that came before everything was on disk. */
function unflushed(calls: readonly Call[]): string[] {
  const acknowledgements = calls.filter(({ name, text }) => name === "write" && text.includes('"took '));
  expect(acknowledgements.length).toBeGreaterThanOrEqual(20);
  return acknowledgements.flatMap(({ begun, text }) => {
    const digest = /([0-9a-f]{64})\\n/.exec(text)?.[1] ?? "";
    const named = calls.findLast(
      (call) => call.name === "rename" && call.ended < begun && call.paths[1]?.endsWith(`${digest}.dcm`),
    );
    if (named === undefined) return ["was not kept"];
    const [from = "", to = ""] = named.paths;
    const bytes = calls.some((call) => call.name === "fdatasync" && call.paths[0] === from && call.ended < named.begun);
    const name = flushedBetween(calls, to.slice(0, to.lastIndexOf("/")), named.ended, begun);
    const mark = name !== undefined && flushedBetween(calls, "inbox.db-wal", name, begun) !== undefined;
    return bytes && mark ? [] : [digest];
  });
}

function flushedBetween(calls: readonly Call[], path: string, after: number, before: number): number | undefined {
  return calls.find(
    ({ name, paths, begun, ended }) =>
      (name === "fsync" || name === "fdatasync") && paths[0]?.endsWith(path) && begun > after && ended < before,
  )?.ended;
}

function traced(traceable: string): Call[] {
  const { folder, data, keys } = scratchNode();
  const trace = join(folder, "trace");
  const options = ["-f", "-qq", "-y", "-s", "400", "-o", trace, "-e", "trace=fdatasync,fsync,rename,write"];
  const { status } = spawnSync(strace, [...options, process.execPath, traceable, data, keys, "0", "20"]);
  expect(status).toBe(0);
  return callsIn(readFileSync(trace, "utf8").split("\n"));
}

/** Reads strace's record: `<thread> name(…) = 0`, or begun on one line and resumed on another. Calls that succeeded, as they began. */
function callsIn(lines: readonly string[]): Call[] {
  return lines.flatMap((text, begun) => {
    const [, thread = "", name = ""] = /^(\d+) +(\w+)\(/.exec(text) ?? [];
    if (name === "") return [];
    const resumed = new RegExp(`^${thread} +<\\.\\.\\. ${name} resumed>`);
    const isWhole = !text.endsWith("<unfinished ...>");
    const ended = isWhole ? begun : lines.findIndex((later, at) => at > begun && resumed.test(later));
    if (!/ = \d+$/.test(lines[ended] ?? "")) return [];
    const paths = [...text.matchAll(/\d+<([^>]+)>|"([^"]+)"/g)].map(([, ofFile, given]) => ofFile ?? given ?? "");
    return [{ name, begun, ended, paths, text }];
  });
}
