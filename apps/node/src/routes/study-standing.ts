// How a study stands, as lists and its page show it: what must be known of it, what keeps it, what of it is rejected.
import type { StudySummary } from "@fiducial/api";
import { studyOf } from "@fiducial/contract";
import type { OpenNode } from "../compose.ts";
import { noticesOf, rejectionOf } from "../logs/standing.ts";
import { keepingToCarry } from "../operations/carrying-over.ts";

/** Returns what is to be said of a study besides what it is. */
export function standingOf(
  { logs }: Pick<OpenNode, "logs">,
  study: string,
): Pick<StudySummary, "notices" | "holds" | "rejection"> {
  const rejection = rejectionOf(logs, study) as StudySummary["rejection"];
  return { notices: noticesOf(logs, study), holds: holdsOf(logs, study), ...(rejection && { rejection }) };
}

// A hold that a recovery cut short keeps the study until it is placed again on the log that grows.
function holdsOf(logs: OpenNode["logs"], study: string): string[] {
  const { holds = [] } = studyOf(logs.current.store.state, study) ?? {};
  return [...new Set([...holds, ...keepingToCarry(logs, study).holds.map(({ hold }) => hold)])];
}
