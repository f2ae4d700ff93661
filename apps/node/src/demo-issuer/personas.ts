// The demonstration's people: one for each role, invented, and said to be so wherever they show.
import { type Role, roles } from "@fiducial/contract";
import { subjectOf } from "../sign-in/subject.ts";

/** Somebody whom a visitor may be. */
export interface Persona {
  /** What the demonstration's issuer knows them by. */
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

const names: Readonly<Record<Role, string>> = {
  technologist: "Tara Quill",
  radiologist: "Ravi Sandholm",
  referrer: "Runa Okafor",
  physicist: "Piet Lindqvist",
  "trial-coordinator": "Cora Vance",
  reader: "Noor Haldane",
  "data-steward": "Dora Lind",
  "ai-developer": "Alba Moreau",
  educator: "Edwin Pryce",
  auditor: "Audra Fenn",
  patient: "Paula Winter",
  administrator: "Adam Brandt",
};

/** The personas, in the contract's order of roles. */
export const personas: readonly Persona[] = roles.map((role) => ({
  id: `demo-${role}`,
  name: `${names[role]} (demo)`,
  role,
}));

/**
 * What the node finds somebody of the demonstration again by. Their issuer stands at the node's own address, which another port
 * changes and the people do not: it goes by a name of its own, which no issuer with an address has.
 */
export function personaSubject(id: string): string {
  return subjectOf("the demonstration's issuer", id);
}

/** The node, as the demonstration's issuer knows it. */
export const demoClient = "fiducial-node";

/** What the groups of the demonstration's issuer mean. */
export const demoRoles: Readonly<Record<string, readonly Role[]>> = Object.fromEntries(
  roles.map((role) => [`demo-${role}`, [role]]),
);
