// People who sign in: on the ledger since they first did, with the roles that the issuer says. Names and the issuer's subjects stay in the vault.
import { randomBytes } from "node:crypto";
import { directory, type Role, roleGranted, roleWithdrawn } from "@fiducial/contract";
import { registerActor } from "../founding/members.ts";
import { NodeError } from "../node-error.ts";
import { state } from "./acts.ts";
import { keptWithActor } from "./members.ts";
import type { Site } from "./site.ts";
import { turns } from "./turns.ts";

/** Somebody as an issuer knows them. */
export interface PersonOfIssuer {
  readonly subject: string;
  readonly name: string;
  readonly roles: readonly Role[];
}

export interface People {
  /** Registers a person who is not on the ledger, states what changed in the roles, and resolves with the actor. Rejects with PERSON_RETIRED. */
  admit(person: PersonOfIssuer): Promise<string>;
  /** The name of the person with this subject, if there is one. */
  nameOf(subject: string): Promise<string | undefined>;
}

/** Offers the people of a node. One is admitted at a time, beside whatever else is under way. */
export function peopleOf(site: Site): People {
  const admitting = turns();
  let actors: Promise<Map<string, string>> | undefined;
  const known = () => {
    actors ??= actorsBySubject(site);
    return actors;
  };
  return {
    admit: (person) => admitting.take(async () => admit(site, await known(), person)),
    nameOf: async (subject) => {
      const name = site.vault.actorName((await known()).get(subject) ?? "")?.["name"];
      return typeof name === "string" ? name : undefined;
    },
  };
}

async function admit(
  site: Site,
  actors: Map<string, string>,
  { subject, name, roles }: PersonOfIssuer,
): Promise<string> {
  const { author, household, logs } = site;
  const actor = actors.get(subject) ?? randomBytes(16).toString("hex");
  const row = directory.actor(logs.current.store.state, actor);
  if (row?.retired === true) throw new NodeError("PERSON_RETIRED");
  if (row === undefined) await registerActor(author, household.root, { type: "person", name, actor, subject });
  actors.set(subject, actor);
  const held = row?.roles ?? [];
  const say = { signatories: [household.root], keeping: keptWithActor(actor) } as const;
  for (const role of held.filter((one) => !roles.includes(one)))
    await state(author, roleWithdrawn, { open: { actor, role }, sealed: {} }, say.signatories, say.keeping);
  for (const role of roles.filter((one) => !held.includes(one)))
    await state(author, roleGranted, { open: { actor, role }, sealed: {} }, say.signatories, say.keeping);
  return actor;
}

// After a recovery people are on ended logs, and come back under the ids that they had.
async function actorsBySubject({ logs, vault }: Site): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const log of [...logs.ended, logs.current]) {
    await log.caughtUp();
    for (const { id, type } of log.projection.identity.actors()) {
      const subject = type === "person" ? vault.actorName(id)?.["subject"] : undefined;
      if (typeof subject === "string") found.set(subject, id);
    }
  }
  return found;
}
