// What must hold of a ledger after a fault, once there are no faults any more: it has what it acknowledged, and goes on.
import { hospital } from "../conformance/hospital.ts";
import { noteSigner, openLocalLedger, testOrigin } from "../conformance/local-ledger.ts";
import type { VerificationPool } from "../verification/pool.ts";
import type { LedgerPlace } from "./beginnings.ts";
import { highWaterFile } from "./high-water-file.ts";
import { checkIndependently, type Expected } from "./independent-check.ts";
import { copyLedger } from "./ledger-copy.ts";
import { checkWithOurs } from "./own-check.ts";

/** What a ledger acknowledged before the fault. */
export type Acknowledged = Pick<Expected, "accepted" | "signed">;

const { publicKey } = noteSigner(testOrigin, "ed25519").key;
const noon = Date.parse("2026-11-18T12:00:00.000Z");

/** Checks the ledger as it was left, lets it grow, and checks it again, with a proof for everything acknowledged. Throws what does not hold. */
export async function checkAftermath(
  place: LedgerPlace,
  { accepted, signed }: Acknowledged,
  verification: VerificationPool,
): Promise<void> {
  const marked = highWaterFile(place.mark).read()?.size ?? 0;
  if (marked < signed) throw new Error(`the mark says ${marked}, and a checkpoint of ${signed} entries was published`);
  // A ledger that has acknowledged nothing need not be one yet.
  if (accepted.size > 0) {
    const copy = `${place.ledger}.copy`;
    copyLedger(place.ledger, copy);
    checkIndependently(copy, { accepted, signed, publicKey });
  }
  const all = new Map([...accepted, ...(await grown(place, verification))]);
  const found = checkIndependently(place.ledger, { accepted: all, signed, publicKey });
  await checkWithOurs(place.ledger, { mark: place.mark, found, proved: all.values(), verification });
}

// The founding, which is there already unless the fault came early, and a study that nobody has seen.
async function grown(
  { ledger: path, mark }: LedgerPlace,
  verification: VerificationPool,
): Promise<Map<string, number>> {
  const northlake = hospital(testOrigin, noon);
  const ledger = openLocalLedger({ path, clock: () => noon + 60_000, verification, highWater: highWaterFile(mark) });
  try {
    const statements = [...(await northlake.founding()), await northlake.study(900_000)];
    const accepted = new Map<string, number>();
    for (const outcome of await ledger.replica.submit(statements)) {
      if (outcome.status !== "accepted") throw new Error(`a ledger that was opened again answers ${outcome.status}`);
      accepted.set(outcome.id, outcome.index);
    }
    return accepted;
  } finally {
    await ledger.close();
  }
}
