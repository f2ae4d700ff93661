// Whether an object is registered: on a log, not only in the vault, which has what is about to be said before any log has it.
import type { Vault } from "@fiducial/vault";
import type { Logs } from "../logs/logs.ts";

/** Tells whether a statement on one of the logs is about the object with this digest, as one of `study` where a study is named. */
export function isRegistered(
  vault: Pick<Vault, "versionsOf">,
  logs: Pick<Logs, "placeOf">,
  file: string,
  study?: string,
): boolean {
  return vault
    .versionsOf({ file })
    .some((version) => (study ?? version.study) === version.study && logs.placeOf(version.statement) !== undefined);
}
