// Who is on the log, with keys and roles.
import type { Actor, ActorList, ActorsQuery } from "@fiducial/api";
import type { ActorFact } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { nameOf } from "./summaries.ts";

const pageSize = 50;

/** A page of actors. Throws ACTOR_UNKNOWN for one to go on after that is not there. */
export function actors(node: OpenNode, { type, after, limit = pageSize }: ActorsQuery): ActorList {
  const { identity } = node.projection;
  if (after !== undefined && identity.actor(after) === undefined) throw new NodeError("ACTOR_UNKNOWN");
  const counts = { organization: 0, person: 0, ai: 0, device: 0, software: 0 };
  for (const one of identity.actorCounts()) counts[one.type] = one.actors;
  const found = identity.someActors({ type, after, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const next = found.length > limit ? shown.at(-1)?.id : undefined;
  return { actors: shown.map((fact) => actorOf(node, fact)), ...(next === undefined ? {} : { next }), counts };
}

/** One actor. Throws ACTOR_UNKNOWN. */
export function actor(node: OpenNode, id: string): Actor {
  const fact = node.projection.identity.actor(id);
  if (fact === undefined) throw new NodeError("ACTOR_UNKNOWN");
  return actorOf(node, fact);
}

/** One actor as the API shows it. */
export function actorOf(node: OpenNode, { id, index, type, organization, retiredBy }: ActorFact): Actor {
  const { identity } = node.projection;
  return {
    actor: id,
    type,
    organization,
    ...nameOf(node, organization, "organizationName"),
    index,
    ...nameOf(node, id, "name"),
    ...(retiredBy === null ? {} : { retiredBy }),
    keys: identity.keys(id).map(({ id: key, index, algorithm, endedBy, reason, compromisedSince }) => ({
      key,
      algorithm,
      index,
      ...(endedBy === null ? {} : { endedBy }),
      ...(reason === null ? {} : { reason }),
      ...(compromisedSince === null ? {} : { compromisedSince }),
    })),
    roles: identity
      .roles(id)
      .map(({ role, index, withdrawnBy }) => ({ role, index, ...(withdrawnBy === null ? {} : { withdrawnBy }) })),
  };
}
