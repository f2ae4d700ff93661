// What approving a destruction asks of each study.
import type { SignerFacts } from "../kernel/parties.ts";
import type { State, Write } from "../kernel/state.ts";
import type { StudyRow } from "../kernel/studies.ts";
import { destructionBar, ownStudy, writeStudy } from "./studies.ts";

/** Why a study cannot be destroyed. */
export type DestructionRefusal = "STUDY_UNKNOWN" | "STUDY_OF_OTHER_ORGANIZATION" | "STUDY_HELD" | "RETENTION_RUNNING";

/** The signer's studies with these handles, each once, or why one of them cannot be destroyed. */
export function destructibleStudies(
  state: State,
  handles: readonly string[],
  signer: SignerFacts,
  recordedAt: string,
): ReadonlyMap<string, StudyRow> | DestructionRefusal {
  const studies = new Map<string, StudyRow>();
  for (const handle of handles) {
    const study = ownStudy(state, handle, signer);
    if (typeof study === "string") return study;
    const bar = destructionBar(study, recordedAt);
    if (bar !== undefined) return bar;
    studies.set(handle, study);
  }
  return studies;
}

/** Marks the studies that are still there as approved for destruction. */
export function approvalWrites(studies: ReadonlyMap<string, StudyRow>): readonly Write[] {
  const present = [...studies].filter(([, { destruction }]) => destruction !== "done");
  return present.map(([handle, study]) => writeStudy(handle, { ...study, destruction: "approved" }));
}
