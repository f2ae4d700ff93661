// A node that is killed while statements are handed in: what was answered is there, with what opens it; what is sent again is there once.
import { apiClient } from "@fiducial/api";
import { studyRejected } from "@fiducial/contract";
import { expect, test } from "vitest";
import { ownProgram, type Signed, signedBy } from "../scratch/own-program.ts";
import { berg } from "../scratch/scratch-hospital.ts";
import { type ScratchNode, scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { startServed } from "../scratch/served-process.ts";

const [senders, inRequest] = [4, 5];

test("ten times, wherever it happens to be", { timeout: 240_000 }, async () => {
  const scratch = scratchNode();
  const founded = await scratch.open();
  const study = await takeIn(scratch, founded, berg);
  const ris = await ownProgram(scratch, founded);
  await scratch.close();
  const signed: Signed[] = [];
  for (let number = 0; number < 400; number++) {
    const open = { study, reason: "quality", scope: "study", instances: 1 } as const;
    signed.push(await signedBy([ris], studyRejected, { open, sealed: { note: `2.25.${number}` } }));
  }
  const answered = new Map<string, number>();
  for (let round = 0; round < 10; round++)
    await killedAfter(1 + (round % 5), scratch, signed.slice(40 * round, 40 * (round + 1)), answered);
  expect(answered.size).toBeGreaterThan(50);
  expect(answered.size).toBeLessThan(signed.length);

  const node = await scratch.open();
  for (const [id, index] of answered) expect(node.store.indexOf(id)).toBe(index);
  const again = await node.submit(
    signed.map(({ statement, disclosures }) => ({ envelope: statement.bytes, disclosures })),
  );
  expect(new Set(again.map((one) => one.status === "accepted" && one.index)).size).toBe(signed.length);
  for (const { statement, disclosures } of signed)
    expect(node.vault.disclosures(statement.id)?.disclosures).toEqual(disclosures);
  const kept = node.vault.statementsOf(study);
  expect(kept.filter((id) => signed.some(({ statement }) => statement.id === id))).toHaveLength(signed.length);
  expect((await node.audit()).ok).toBe(true);
});

/** Hands in until so many requests are answered, kills the node, and notes what it had answered by then. */
async function killedAfter(
  requests: number,
  { data, keys }: ScratchNode,
  signed: readonly Signed[],
  answered: Map<string, number>,
): Promise<void> {
  const served = await startServed({ data, keys, settleMs: 30_000, threads: 1 });
  const client = apiClient({ baseUrl: served.url, token: served.operatorToken });
  let next = 0;
  let done = 0;
  let killing: Promise<void> | undefined;
  const send = async () => {
    for (;;) {
      const some = signed.slice(next, next + inRequest);
      next += inRequest;
      if (some.length === 0) return;
      const taken = await client.submit(some.map(({ whole }) => whole)).catch(() => []);
      for (const one of taken) if (one.status === "accepted") answered.set(one.id, one.index);
      if (taken.length > 0 && ++done === requests) killing = served.stop("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: senders }, send));
  await (killing ?? served.stop("SIGKILL"));
}
