// How many series and objects a study has, each counted once, in however many versions it came.
import type { StudyFact } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import { instancesOf, registering } from "./dicomweb/found-instances.ts";

/** What is counted. Nothing, once the study is destroyed. */
export interface StudyCounts {
  readonly series: number;
  readonly instances: number;
}

/** Counts of studies that were looked at last: they are read from manifests, and lists show the same studies again and again. */
const known = new WeakMap<OpenNode["vault"], Map<string, StudyCounts>>();
const mostKnown = 10_000;

/** Counts what is registered of a study. Others get turns meanwhile. */
export async function countsOf(node: Pick<OpenNode, "vault" | "logs" | "objectReader">, study: string) {
  const name = [study, ...registering(node, study)].join();
  const counts = known.get(node.vault) ?? new Map<string, StudyCounts>();
  known.set(node.vault, counts);
  const before = counts.get(name);
  if (before !== undefined) return before;
  const instances = await instancesOf(node, study);
  const counted = {
    series: new Set(instances.map(({ record }) => record.seriesUid)).size,
    instances: instances.length,
  };
  if (counts.size >= mostKnown) counts.clear();
  counts.set(name, counted);
  return counted;
}

/** The study, with each series and object counted once. Of one that was destroyed it says what statements said. */
export async function countedOnce(node: OpenNode, fact: StudyFact): Promise<StudyFact> {
  if (!fact.extended) return fact;
  const counts = await countsOf(node, fact.study);
  return counts.instances === 0 ? fact : { ...fact, ...counts };
}
