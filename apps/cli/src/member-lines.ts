// Members in words, and the options that name them and their roles.
import type { Member, Role } from "@fiducial/node";
import type { Call, Parameter } from "./command.ts";
import type { OptionDeclaration } from "./options.ts";
import type { Screen } from "./screen.ts";

const roles = [
  "technologist",
  "radiologist",
  "referrer",
  "physicist",
  "trial-coordinator",
  "reader",
  "data-steward",
  "ai-developer",
  "educator",
  "auditor",
  "patient",
  "administrator",
] as const satisfies readonly Role[];

export const roleOption: OptionDeclaration = {
  flags: "--role <role>",
  says: `a role; may be given several times: ${roles.join(", ")}`,
  choices: roles,
  repeated: true,
};

export const actorParameter: Parameter = { syntax: "<member>", says: "the member's id, as `members list` gives it" };

/** What `--json` prints of a member. */
export const memberJson = "`{actor, index, roles, keys: [{key, algorithm, ended}], retired, name?}`";

/** The roles that were given. */
export function rolesOf({ options }: Call): Role[] {
  return [...((options["role"] ?? []) as readonly Role[])];
}

/** Says who a member is, by id and role. */
export function memberLine(screen: Screen, { actor, roles: held, keys, retired, name }: Member): string {
  const open = keys.filter(({ ended }) => ended === null).length;
  const who = name === undefined ? "" : `  ${name}`;
  const may = held.length === 0 ? "no role" : held.join(", ");
  const how = retired ? "retired" : `${open} ${open === 1 ? "key" : "keys"}`;
  return `${actor}${who}  ${may}  ${screen.style("dim", how)}`;
}
