// The guards of the inbox, each with what happens without it.
import { join } from "node:path";
import { LedgerError } from "@fiducial/ledger";
import { expect, test, vi } from "vitest";
import type { openNode } from "../compose.ts";
import { type Mutant, mutatedNode } from "../scratch/mutated-node.ts";
import { openScratchInbox, registeredOf, type ScratchInbox } from "../scratch/scratch-inbox.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { soon } from "../scratch/scratch-server.ts";

type Opener = typeof openNode;

const guards: readonly (readonly [
  title: string,
  mutant: Mutant,
  scenario: (open: Opener, patienceMs: number) => Promise<number>,
])[] = [
  [
    "marks go after the registration",
    [
      "intake/settling-studies.ts",
      "await study.intake.settle();",
      "await rooms.done(study.marks);\n        await study.intake.settle();",
    ],
    async (open, patienceMs) => registeredIn(await openedAgain(await failedOnce(open)), patienceMs),
  ],
  [
    "what is marked is not cleared away at the next start",
    ["intake/intake-rooms.ts", "keptObjects(objects, isOnLog, marks.has)", "keptObjects(objects, isOnLog)"],
    async (open, patienceMs) => registeredIn(await openedAgain(await sent(open)), patienceMs),
  ],
  [
    "marks of an earlier start are gathered",
    ["intake/inbox.ts", "\n  marked.gatherMore();\n", "\n"],
    async (open, patienceMs) => registeredIn(await openedAgain(await sent(open)), patienceMs),
  ],
  [
    "what comes while its study is registered is of the next registration",
    ["intake/settling-studies.ts", "if (study.isOver) return enter(object, mark, failure);", ""],
    async (open, patienceMs) => {
      const inbox = await sent(open);
      const { promise, resolve } = Promise.withResolvers<void>();
      const { submit } = inbox.node.replica;
      const submitting = vi.spyOn(inbox.node.replica, "submit").mockImplementationOnce(async (statements) => {
        await promise;
        return submit(statements);
      });
      inbox.clock.advance(30_000);
      await soon(() => expect(submitting).toHaveBeenCalled());
      await inbox.send("1", "2");
      resolve();
      return (await registeredIn(inbox, patienceMs, 2)) - 1;
    },
  ],
  [
    "what fails is tried again",
    ["intake/settling-studies.ts", "if (marks.length > 0) retries.add(", "if (marks.length > 99) retries.add("],
    async (open, patienceMs) => registeredIn(await failedOnce(open), patienceMs),
  ],
];

test.each(guards)("%s", async (_title, mutant, scenario) => {
  const { openNode: guarded } = await import("../compose.ts");
  expect(await scenario(guarded, 20_000)).toBe(1);
  const { openNode: unguarded } = (await import(/* @vite-ignore */ join(mutatedNode(mutant), "src", "compose.ts"))) as {
    openNode: Opener;
  };
  expect(await scenario(unguarded, 2000)).not.toBe(1);
});

async function sent(open: Opener): Promise<ScratchInbox> {
  const inbox = await openScratchInbox({ scratch: scratchNode(open) });
  await inbox.send("1");
  return inbox;
}

async function failedOnce(open: Opener): Promise<ScratchInbox> {
  const inbox = await sent(open);
  const failing = vi.spyOn(inbox.node.replica, "submit").mockRejectedValueOnce(new LedgerError("STORE_FAILED"));
  inbox.clock.advance(30_000);
  await soon(() => expect(failing).toHaveBeenCalled());
  return inbox;
}

function openedAgain({ scratch }: ScratchInbox): Promise<ScratchInbox> {
  return openScratchInbox({ scratch });
}

/** How many objects of the study are registered, as soon as they are as many as they should be, or else when patience ends. */
async function registeredIn(inbox: ScratchInbox, patienceMs: number, wanted = 1): Promise<number> {
  const end = performance.now() + patienceMs;
  while (registeredOf(inbox, "1").length < wanted && performance.now() < end) {
    inbox.clock.advance(60_000);
    await new Promise((next) => setTimeout(next, 5));
  }
  return registeredOf(inbox, "1").length;
}
