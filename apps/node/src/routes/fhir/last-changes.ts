// The last entry that changed what a resource shows: its version.
import type { ActorFact, StudyFact } from "@fiducial/projection";
import type { OpenNode } from "../../compose.ts";
import { entryAt } from "../summaries.ts";

/** A version, by its entry. */
export interface LastChange {
  readonly index: number;
  readonly recordedAt: string;
}

/** The last entry before `end` that speaks of a study. */
export function lastIndexOfStudy(node: OpenNode, { study, index }: StudyFact, end = Number.MAX_SAFE_INTEGER): number {
  return node.projection.imaging.history(study).findLast((one) => one < end) ?? index;
}

/** The last entry that changed an actor, its keys or its roles. */
export function lastIndexOfActor(node: OpenNode, { id, index, retiredBy }: ActorFact): number {
  const { identity } = node.projection;
  const keys = identity.keys(id).flatMap((key) => [key.index, key.endedBy ?? 0]);
  const roles = identity.roles(id).flatMap((role) => [role.index, role.withdrawnBy ?? 0]);
  return Math.max(index, retiredBy ?? 0, ...keys, ...roles);
}

/** A version with its time. Throws ENTRY_UNKNOWN. */
export function changeAt(node: OpenNode, index: number): LastChange {
  return { index, recordedAt: entryAt(node, index).recordedAt };
}
