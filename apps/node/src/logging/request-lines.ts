// Requests as lines of the log.
import type { Observer } from "../serving/observation.ts";
import { placeOf } from "./known-words.ts";
import type { NodeLog } from "./log.ts";
import { sourceText } from "./log-fields.ts";

const refusedStatuses: ReadonlySet<number> = new Set([401, 403, 421, 429]);

/** Writes a line for each answered request: failures as errors, refusals as such, the rest for whoever wants to see everything. */
export function requestLines(log: NodeLog): Observer {
  return {
    answered: ({ caller, thrown, address: _, ...request }) => {
      const fields = { ...request, caller: caller.type, role: caller.role ?? "none" };
      if (request.status >= 500 && request.status !== 503) {
        const place = placeOf(thrown);
        log.write("http.failed", { ...fields, place: place === undefined ? undefined : sourceText(place) });
      } else log.write(refusedStatuses.has(request.status) ? "http.refused" : "http.answered", fields);
    },
  };
}
