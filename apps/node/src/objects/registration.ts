// Whether an object is registered: on a log, not only in the vault, which has what is about to be said before any log has it.
import type { Vault } from "@fiducial/vault";
import type { Logs } from "../logs/logs.ts";

/** Tells whether a statement on one of the logs is about the object with this digest. */
export function isRegistered(vault: Pick<Vault, "versionsOf">, logs: Pick<Logs, "placeOf">, file: string): boolean {
  return vault.versionsOf({ file }).some(({ statement }) => logs.placeOf(statement) !== undefined);
}
