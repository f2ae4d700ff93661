// Whether a caller may do something: the one seam that every route passes, closed unless the table says otherwise.
import { grants, grantsOfSignedIn, type Permission, permissions } from "@fiducial/api";
import type { Caller } from "./caller.ts";

/** Tells whether a caller may do something. */
export function authorize(permission: Permission, caller: Caller): boolean {
  return permission === "public" || permissionsOf(caller).includes(permission);
}

/** Everything that a caller may do, in the order of the table. */
export function permissionsOf(caller: Caller): readonly Permission[] {
  const allowed = allowedTo(caller);
  return (Object.keys(permissions) as Permission[]).filter((one) => one === "public" || allowed.includes(one));
}

/** What only somebody with a session can do: nobody else has a passkey. */
const ofPersons: readonly Permission[] = ["session.own", "acts.sign"];

function allowedTo(caller: Caller): readonly Permission[] {
  switch (caller.type) {
    case "anonymous":
      return [];
    case "person":
      return [...grantsOfSignedIn, ...caller.roles.flatMap((role) => grants[role].permissions)];
    case "machine":
      return caller.scopes;
    case "operator":
      return (Object.keys(permissions) as Permission[]).filter((one) => !ofPersons.includes(one));
  }
}
