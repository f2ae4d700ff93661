// What FHIR shows of patients is recorded before it goes out, like what the page shows. IHE BALP.
import type { FastifyRequest } from "fastify";
import { askedBy, type ReadFacts } from "../../access/hook.ts";
import { callerOf } from "../../authorization/guard.ts";
import type { OpenNode } from "../../compose.ts";
import type { ServedRoom } from "./served.ts";

/** Records that one resource is shown. Rejects with ACCESS_NOT_RECORDED. */
export async function recordRead<Candidate>(
  node: OpenNode,
  { shows }: ServedRoom<Candidate>,
  request: FastifyRequest,
  candidate: Candidate,
): Promise<void> {
  if (shows === undefined) return;
  await node.access.before({ ...askedBy(request), what: shows.what, action: "view", ...shows.of(node, candidate) });
}

/** Records that a page of a search is shown: as a list, or for each where a list would not tell whose they are. */
export async function recordSearch<Candidate>(
  node: OpenNode,
  { shows }: ServedRoom<Candidate>,
  request: FastifyRequest,
  candidates: readonly Candidate[],
): Promise<void> {
  if (shows === undefined) return;
  const facts: readonly ReadFacts[] =
    shows.each === true ? candidates.map((one) => shows.of(node, one)) : [shows.list?.(candidates) ?? {}];
  const asked = askedBy(request);
  await Promise.all(
    facts.map((of) => node.access.before({ ...asked, what: shows.listed ?? shows.what, action: "search", ...of })),
  );
}

/** Records that somebody who is signed in was refused. */
export async function recordRefused(
  node: OpenNode,
  { shows }: Pick<ServedRoom<never>, "shows">,
  request: FastifyRequest,
): Promise<void> {
  const caller = callerOf(request);
  if (shows === undefined || caller.type === "anonymous") return;
  await node.access.before({ caller, address: request.ip, what: shows.what, action: "view", outcome: "refused" });
}
