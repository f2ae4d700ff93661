// What a destruction would take and what goes on existing elsewhere, in words.
import type { Operations, Survivor } from "@fiducial/node";
import { count, moment, size } from "./figures.ts";
import type { Screen } from "./screen.ts";

/** What a destruction or an erasure would do. */
export type Plan = Awaited<ReturnType<Operations["planDestruction"]>>;

const kinds: Readonly<Record<Survivor["kind"], string>> = {
  receipt: "receipt",
  transfer: "sent to",
  pacs: "archive",
  backup: "backup",
  scope: "scope",
  derived: "study made from it",
  corrected: "study corrected to another patient, whose headers name this one",
};

/** Says that the ledger would refuse what is planned, and why; nothing when it would not. */
export async function refusalLines(screen: Screen, verdict: Plan["verdict"]): Promise<string[]> {
  if (verdict.accepted) return [];
  const { refusalOf } = await import("@fiducial/contract");
  const { code } = verdict;
  return [screen.style("red", `The ledger would refuse it. ${refusalOf(code)?.says ?? ""} (${code})`)];
}

/** Says what would go, study by study, and what survives. */
export function planLines(screen: Screen, { studies, survivors }: Plan): string[] {
  const going = studies.map(({ study, objects, bytes, holds, retainUntil }) => {
    const held = holds === 0 ? "" : `, ${count(holds, "hold")}`;
    const until = retainUntil === null ? "" : `, to be kept until ${moment(retainUntil)}`;
    return `  study ${study}  ${count(objects, "object")} (${size(bytes)})${held}${until}`;
  });
  const first = studies.length === 0 ? "No study of it is here." : "Here, to be destroyed:";
  return [first, ...going, ...survivorLines(screen, survivors)];
}

/** Says who holds copies. */
export function survivorLines(screen: Screen, survivors: readonly Survivor[]): string[] {
  if (survivors.length === 0) return ["Nobody else is known to hold a copy."];
  const lines = survivors.map(({ kind, where, at }) => {
    const since = at === undefined ? "" : screen.style("dim", `  ${moment(at)}`);
    return `  ${kinds[kind]}  ${where}${since}`;
  });
  return ["Elsewhere, not reached from here:", ...lines];
}
