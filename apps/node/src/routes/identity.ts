// Who is on the log, with keys and roles.
import type { ActorList } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import { nameOf } from "./summaries.ts";

export function actors(node: OpenNode): ActorList {
  const { identity } = node.projection;
  const all = identity.actors().map(({ id, index, type, organization, retiredBy }) => ({
    actor: id,
    type,
    organization,
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
  }));
  return { actors: all };
}
