// What an earlier process began and did not live to finish, finished before anybody else may do anything.
import { finishCorrection } from "./correct.ts";
import { finishDestruction } from "./destroy.ts";
import { finishErasure } from "./forget.ts";
import type { Site } from "./site.ts";

/** Finishes the operation that the journal names, if its approvals are on a ledger; forgets it if they never got there. */
export async function finishUnderWay(site: Site): Promise<void> {
  const work = site.journal.read();
  if (work === undefined) return;
  for (const log of site.logs.all) await log.caughtUp();
  const approvals = work.operation === "correction" ? [work.statement] : work.approvals;
  if (approvals.some((statement) => site.logs.placeOf(statement) === undefined)) site.journal.end();
  else if (work.operation === "erasure") await finishErasure(site, work);
  else if (work.operation === "destruction") await finishDestruction(site, work);
  else await finishCorrection(site, work);
}
