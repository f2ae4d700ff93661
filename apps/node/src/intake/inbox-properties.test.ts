// Whatever comes in which order, twice or late, whatever fails and however often the node is opened again: what was acknowledged is registered exactly once.

import { LedgerError } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { openScratchInbox, registeredOf, type ScratchInbox, settled, uidsOf } from "../scratch/scratch-inbox.ts";

type Step =
  | { readonly send: readonly (readonly [study: string, object: string])[] }
  | { readonly advance: number }
  | { readonly fail: "vault" | "ledger" | "never" }
  | { readonly reopen: true };

const name = fc.constantFrom("1", "2", "3");
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ send: fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 4 }) }) },
  { weight: 4, arbitrary: fc.record({ advance: fc.constantFrom(500, 5_000, 30_000, 600_000) }) },
  { weight: 2, arbitrary: fc.record({ fail: fc.constantFrom("vault" as const, "ledger" as const, "never" as const) }) },
  { weight: 1, arbitrary: fc.constant({ reopen: true as const }) },
);

test("everything that was acknowledged is registered exactly once", { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 3, maxLength: 14 }),
      fc.integer({ min: 1, max: 4 }),
      async (steps, mostGathered) => {
        let inbox = await openScratchInbox({ mostGathered });
        const acknowledged = new Set<string>();
        for (const one of steps) {
          if ("reopen" in one) {
            vi.restoreAllMocks();
            inbox = await openScratchInbox({ scratch: inbox.scratch, mostGathered });
          } else await take(inbox, one, acknowledged);
        }
        vi.restoreAllMocks();
        await settled(inbox);
        expectRegistered(inbox, acknowledged);
        await inbox.scratch.close();
      },
    ),
    { numRuns: process.env["FIDUCIAL_LONG"] === "1" ? 200 : 12 },
  );
});

async function take(
  inbox: ScratchInbox,
  step: Exclude<Step, { reopen: true }>,
  acknowledged: Set<string>,
): Promise<void> {
  if ("fail" in step) return failFrom(inbox, step.fail);
  if ("send" in step) {
    for (const [study, object] of await sendAll(inbox, step.send)) acknowledged.add(`${study} ${object}`);
    return;
  }
  inbox.clock.advance(step.advance);
  for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
}

function expectRegistered(inbox: ScratchInbox, acknowledged: ReadonlySet<string>): void {
  for (const study of ["1", "2", "3"]) {
    const objects = ["1", "2", "3"].filter((object) => acknowledged.has(`${study} ${object}`));
    expect(registeredOf(inbox, study)).toEqual(uidsOf(study, ...objects));
  }
  expect(inbox.node.objects.unregistered()).toEqual([]);
}

function failFrom({ node }: ScratchInbox, where: "vault" | "ledger" | "never"): void {
  vi.restoreAllMocks();
  if (where === "vault") vi.spyOn(node.vault, "write").mockRejectedValue(new VaultError("VAULT_FULL"));
  if (where === "ledger") vi.spyOn(node.replica, "submit").mockRejectedValue(new LedgerError("STORE_FAILED"));
}

async function sendAll<Sent extends readonly [string, string]>(
  inbox: ScratchInbox,
  sent: readonly Sent[],
): Promise<readonly Sent[]> {
  const received = await Promise.all(sent.map(([study, object]) => inbox.send(study, object)));
  return sent.filter((_, at) => "object" in (received[at] as object));
}
