// Who is on the log, with keys and roles.
import type { Actor, ActorList, ActorsQuery } from "@fiducial/api";
import type { ActorFact } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { nameOf } from "./summaries.ts";

const pageSize = 50;

export function actors(node: OpenNode, { type, skip = 0, limit = pageSize }: ActorsQuery): ActorList {
  const all = node.projection.identity.actors();
  const counts = { organization: 0, person: 0, ai: 0, device: 0, software: 0 };
  for (const fact of all) counts[fact.type] += 1;
  const asked = type === undefined ? all : all.filter((fact) => fact.type === type);
  return {
    actors: asked.slice(skip, skip + limit).map((fact) => actorOf(node, fact)),
    ...(asked.length > skip + limit ? { next: skip + limit } : {}),
    counts,
  };
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
