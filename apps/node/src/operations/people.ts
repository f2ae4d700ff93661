// People who sign in: on the ledger since they first did, with the roles that the issuer says. Names and the issuer's subjects stay in the vault.
import { randomBytes } from "node:crypto";
import { directory, type Role, roleGranted, roles, roleWithdrawn } from "@fiducial/contract";
import { parseEntry } from "@fiducial/core";
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
  /**
   * Registers a person who is not on the ledger, states what changed in the issuer's roles, and resolves with the actor. Roles that
   * administrators granted in their own name stay. Rejects with PERSON_RETIRED.
   */
  admit(person: PersonOfIssuer): Promise<string>;
  /** The roles that an actor has on the ledger now, in the contract's order; none when retired. */
  rolesOf(actor: string): readonly Role[];
  /** Whether the organization has ended an actor's membership. */
  isRetired(actor: string): boolean;
  /** Who an actor is to those who sign in; undefined when nothing is kept of them any more. */
  personOf(actor: string): Pick<PersonOfIssuer, "subject" | "name"> | undefined;
  /** The name of the person with this subject, if there is one. */
  nameOf(subject: string): Promise<string | undefined>;
  /** Their actor on the ledger. */
  actorOf(subject: string): Promise<string | undefined>;
}

/** Offers the people of a node. One is admitted at a time, beside whatever else is under way. */
export function peopleOf(site: Site): People {
  const admitting = turns();
  let actors: Promise<Map<string, string>> | undefined;
  const known = () => {
    actors ??= actorsBySubject(site);
    return actors;
  };
  const actorOf = async (subject: string) => (await known()).get(subject);
  return {
    actorOf,
    admit: (person) => admitting.take(async () => admit(site, await known(), person)),
    rolesOf: (actor) => {
      const row = directory.actor(site.logs.current.store.state, actor);
      return row === undefined || row.retired ? [] : roles.filter((role) => row.roles.includes(role));
    },
    isRetired: (actor) => directory.actor(site.logs.current.store.state, actor)?.retired === true,
    personOf: (actor) => {
      const { subject, name } = site.vault.actorName(actor) ?? {};
      return typeof subject === "string" && typeof name === "string" ? { subject, name } : undefined;
    },
    nameOf: async (subject) => {
      const name = site.vault.actorName((await actorOf(subject)) ?? "")?.["name"];
      return typeof name === "string" ? name : undefined;
    },
  };
}

async function admit(
  site: Site,
  actors: Map<string, string>,
  { subject, name, roles: told }: PersonOfIssuer,
): Promise<string> {
  const { author, household, logs } = site;
  const actor = actors.get(subject) ?? randomBytes(16).toString("hex");
  const row = directory.actor(logs.current.store.state, actor);
  if (row?.retired === true) throw new NodeError("PERSON_RETIRED");
  if (row === undefined) await registerActor(author, household.root, { type: "person", name, actor, subject });
  actors.set(subject, actor);
  const held = row?.roles ?? [];
  const say = { signatories: [household.root], keeping: keptWithActor(actor) } as const;
  const granted = await grantedByAdministrators(site, actor);
  for (const role of held.filter((one) => !told.includes(one) && !granted.includes(one)))
    await state(author, roleWithdrawn, { open: { actor, role }, sealed: {} }, say.signatories, say.keeping);
  for (const role of told.filter((one) => !held.includes(one)))
    await state(author, roleGranted, { open: { actor, role }, sealed: {} }, say.signatories, say.keeping);
  return actor;
}

// What an administrator granted as a person, an administrator takes back; the issuer's groups say nothing of it.
async function grantedByAdministrators({ logs, folder }: Site, actor: string): Promise<Role[]> {
  const { current } = logs;
  await current.caughtUp();
  const isByPerson = (index: number) =>
    parseEntry(current.reader.entry(index))?.statement.content.signers[0].actor !== folder.identity.organization;
  return current.projection.identity
    .roles(actor)
    .flatMap(({ role, index, withdrawnBy }) => (withdrawnBy === null && isByPerson(index) ? [role] : []));
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
