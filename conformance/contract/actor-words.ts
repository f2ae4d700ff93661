// "Own actor" and "active". docs/formats/contract.md § Words of the rules.
import { type Case, row, stating } from "./case.ts";
import type { ActorRow } from "./rows.ts";

/** An actor with a row, of the first signer's organization. */
export function askOwnActor(about: Case, actor: string): ActorRow {
  const held = row(about, "identity/actor", actor);
  about.ask(held, "ACTOR_UNKNOWN");
  about.ask(held.organization === stating(about).organization, "ACTOR_OF_OTHER_ORGANIZATION");
  return held;
}

/** An own actor that is not retired. */
export function askActiveActor(about: Case, actor: string): ActorRow {
  const held = askOwnActor(about, actor);
  about.ask(!held.retired, "ACTOR_RETIRED");
  return held;
}
