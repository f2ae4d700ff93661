// Who is on the log: Organization, Practitioner, PractitionerRole, Device.
import { deviceOf, organizationOf, practitionerOf, practitionerRoleOf, type Resource, systems } from "@fiducial/fhir";
import type { ActorFact } from "@fiducial/projection";
import type { OpenNode } from "../../compose.ts";
import { nameOf } from "../summaries.ts";
import { changeAt, lastIndexOfActor } from "./last-changes.ts";
import type { FhirSite, Parameter, ServedRoom } from "./served.ts";
import { isHandle } from "./subjects.ts";
import { idParameter, referenceIn, tokenIn } from "./values.ts";

/** An actor, with its place among those whom one entry registered. */
interface PlacedActor extends ActorFact {
  readonly place: number;
}

const mostOfOneEntry = 32;

/** Organizations. */
export const organizations = actorRoom("Organization", "Organizations on the log.", ["organization"], (node, fact) =>
  organizationOf(shown(node, fact)),
);

/** Persons. */
export const practitioners = actorRoom("Practitioner", "Persons on the log.", ["person"], (node, fact) =>
  practitionerOf(shown(node, fact)),
);

/** Roles. */
export const practitionerRoles: ServedRoom<PlacedActor> = {
  ...actorRoom("PractitionerRole", "The roles that each person on the log holds now.", ["person"], (node, fact) =>
    practitionerRoleOf({ ...shown(node, fact), roles: rolesOf(node, fact) }),
  ),
  parameters: {
    _id: idParameter((site, id) => actorOf(site.node, id, ["person"])),
    practitioner: {
      type: "reference",
      says: "Whose roles.",
      find: (site, value) => {
        const reference = referenceIn(site, value, ["Practitioner"]);
        const found = reference && actorOf(site.node, reference.id, ["person"]);
        return reference && (found === undefined ? [] : [found]);
      },
    },
    role: {
      type: "token",
      says: "A role that the person holds now, by the ledger's word for it.",
      test: ({ node }, value) => {
        const token = tokenIn(value);
        if (token === undefined) return undefined;
        const isOurs = token.system === undefined || token.system === systems.role;
        return (fact) => isOurs && rolesOf(node, fact).includes(token.code);
      },
    },
  },
};

/** Devices, software and AI products. */
export const devices = actorRoom(
  "Device",
  "Devices, software and AI products on the log.",
  ["device", "software", "ai"],
  (node, fact) => {
    const { details = {} } = (node.vault.actorName(fact.id) ?? {}) as { details?: Readonly<Record<string, string>> };
    const { manufacturer, model, serial, version } = details;
    return deviceOf({ ...shown(node, fact), type: fact.type as "device", manufacturer, model, serial, version });
  },
);

function actorRoom(
  type: Resource["resourceType"],
  says: string,
  types: readonly ActorFact["type"][],
  resource: (node: OpenNode, fact: ActorFact) => Resource,
): ServedRoom<PlacedActor> {
  const one = ({ node }: FhirSite, id: string) => actorOf(node, id, types);
  const identifier: Parameter<PlacedActor> = {
    type: "token",
    says: "The actor's id on the log.",
    find: (site, value) => {
      const token = tokenIn(value);
      if (token === undefined) return undefined;
      const isOurs = token.system === undefined || token.system === systems.actor;
      const found = isOurs ? one(site, token.code) : undefined;
      return found === undefined ? [] : [found];
    },
  };
  return {
    type,
    says,
    permission: "ledger.read",
    parameters: { _id: idParameter(one), identifier },
    place: ({ place }) => place,
    list: ({ node }, { after, before }) =>
      placed(node.projection.identity.actors())
        .filter((actor) => types.includes(actor.type) && actor.place > after && actor.place < before)
        .reverse(),
    one,
    resource: ({ node }, fact) => resource(node, fact),
  };
}

function actorOf(node: OpenNode, id: string, types: readonly ActorFact["type"][]): PlacedActor | undefined {
  const { identity } = node.projection;
  const fact = isHandle(id) ? identity.actor(id) : undefined;
  if (fact === undefined || !types.includes(fact.type)) return undefined;
  // Several organizations may found a log together, in one entry; else an entry registers one.
  return fact.type === "organization"
    ? placed(identity.actors()).find((one) => one.id === id)
    : { ...fact, place: fact.index };
}

function placed(actors: readonly ActorFact[]): PlacedActor[] {
  const sorted = [...actors].sort((a, b) => a.index - b.index || (a.id < b.id ? -1 : 1));
  let first = 0;
  return sorted.map((actor, at) => {
    if (actor.index !== sorted[first]?.index) first = at;
    return { ...actor, place: actor.index + (at - first) / mostOfOneEntry };
  });
}

function shown(node: OpenNode, fact: ActorFact) {
  return {
    ...changeAt(node, lastIndexOfActor(node, fact)),
    actor: fact.id,
    organization: fact.organization,
    retired: fact.retiredBy !== null,
    ...nameOf(node, fact.id, "name"),
  };
}

function rolesOf(node: OpenNode, { id }: ActorFact): string[] {
  const roles = node.projection.identity.roles(id);
  return roles.flatMap(({ role, withdrawnBy }) => (withdrawnBy === null ? [role] : []));
}
