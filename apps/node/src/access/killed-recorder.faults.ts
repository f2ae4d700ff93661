// A node that is killed: every read that might be answered is on the ledger, or comes onto it from the outbox when the node is opened again.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseEntry } from "@fiducial/core";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";

const program = join(import.meta.dirname, "..", "..", "scratch", "reads-program.ts");

/** After how many answers the node is killed, and from which read on its ledger takes none. */
const rounds = [
  { killedAfter: 20, stoppedFrom: 1_000_000 },
  { killedAfter: 67, stoppedFrom: 1_000_000 },
  { killedAfter: 40, stoppedFrom: 0 },
  { killedAfter: 90, stoppedFrom: 45 },
];

test.each(rounds)("killed after $killedAfter answers, ledger stopped from $stoppedFrom on", async (round) => {
  const scratch = scratchNode();
  const answered = await answersOf(scratch.data, scratch.keys, round);
  expect(answered.length).toBeGreaterThanOrEqual(round.killedAfter);
  const node = await scratch.open();
  await node.access.catchUp();
  expect(node.access.waiting()).toEqual({ reads: 0, inMemory: 0 });
  const entries = node.store.entries(0, node.store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
  const reads = entries.filter(({ statement }) => statement.content.kind === "access.read.performed");
  const readers = new Set(reads.map(({ statement }) => Number.parseInt(String(statement.content.open["reader"]), 16)));
  expect(answered.filter((reader) => !readers.has(reader))).toEqual([]);
  const late = reads.filter(({ findings }) => findings.includes("RECORDED_AFTERWARDS"));
  if (round.stoppedFrom < round.killedAfter) expect(late.length).toBeGreaterThan(0);
});

async function answersOf(data: string, keys: string, { killedAfter, stoppedFrom }: (typeof rounds)[number]) {
  const child = spawn(process.execPath, [program, data, keys, String(stoppedFrom)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit");
  const answered: number[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    answered.push(Number(line));
    if (answered.length === killedAfter) child.kill("SIGKILL");
  }
  await ended;
  return answered;
}
