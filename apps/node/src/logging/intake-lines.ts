// What was registered as lines of the log.
import type { Registrations } from "../intake/registrations.ts";
import type { NodeLog } from "./log.ts";

/** Writes a line for each intake that was registered, and none for those that brought nothing. Returns what ends it. */
export function intakeLines({ onRegistered }: Pick<Registrations, "onRegistered">, log: NodeLog): () => void {
  return onRegistered(({ studies, objects, refused, durationMs }) => {
    if (studies + objects + refused > 0) log.write("intake.registered", { studies, objects, refused, durationMs });
  });
}
