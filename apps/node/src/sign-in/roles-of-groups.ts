// What an issuer's groups mean here.
import { type Role, roles } from "@fiducial/contract";
import type { IssuerOptions } from "./sign-in-options.ts";

/** The roles of somebody who belongs to groups, in the contract's order. Groups that nobody mapped, and claims that are no list, mean nothing. */
export function rolesOf(groups: unknown, mapping: IssuerOptions["roles"]): Role[] {
  const named = typeof groups === "string" ? [groups] : Array.isArray(groups) ? groups : [];
  const held = new Set(
    named.flatMap((group) =>
      typeof group === "string" && Object.hasOwn(mapping, group) ? (mapping[group] ?? []) : [],
    ),
  );
  return roles.filter((role) => held.has(role));
}
