// One machine as a line.
import type { TokenClient } from "@fiducial/api";
import { printable } from "./printable.ts";

/** Says which machine it is, what it may do and since when, or until when it might. */
export function machineLine({ client, name, scopes, addedAt, revokedAt }: TokenClient): string {
  const state = revokedAt === null ? `since ${addedAt}` : `revoked ${revokedAt}`;
  return `${client}  ${printable(name)}  ${scopes.join(", ")}  ${state}`;
}
