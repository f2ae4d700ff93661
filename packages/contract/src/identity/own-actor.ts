// An actor that the first signer answers for: registered, of the same organization.
import { type ActorRow, directory } from "../kernel/directory.ts";
import type { SignerFacts } from "../kernel/parties.ts";
import type { State } from "../kernel/state.ts";

/** The signer's organization's actor with this id, retired or not, or why it is not that. */
export function ownActor(
  state: State,
  id: string,
  signer: SignerFacts,
): ActorRow | "ACTOR_UNKNOWN" | "ACTOR_OF_OTHER_ORGANIZATION" {
  const actor = directory.actor(state, id);
  if (actor === undefined) return "ACTOR_UNKNOWN";
  return actor.organization === signer.organization ? actor : "ACTOR_OF_OTHER_ORGANIZATION";
}

/** As `ownActor`, and still active. */
export function activeOwnActor(
  state: State,
  id: string,
  signer: SignerFacts,
): ActorRow | "ACTOR_UNKNOWN" | "ACTOR_RETIRED" | "ACTOR_OF_OTHER_ORGANIZATION" {
  const actor = ownActor(state, id, signer);
  return typeof actor === "object" && actor.retired ? "ACTOR_RETIRED" : actor;
}
