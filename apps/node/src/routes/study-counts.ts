// How many series and objects a study has, each counted once, in however many versions it came.
import { createHash } from "node:crypto";
import type { StudyFact } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import { instancesOf, registering } from "./dicomweb/found-instances.ts";

/** What is counted. Nothing, once the study is destroyed. */
export interface StudyCounts {
  readonly series: number;
  readonly instances: number;
}

/** Counts of studies that were looked at last: they are read from manifests, and lists show the same studies again and again. */
const known = new WeakMap<OpenNode["vault"], Map<string, Counted>>();
const mostKnown = 10_000;

interface Counted {
  /** A digest of the statements that were counted. */
  readonly of: string;
  readonly counts: StudyCounts;
}

/** Counts what is registered of a study. Others get turns meanwhile. */
export async function countsOf(node: Pick<OpenNode, "vault" | "logs" | "objectReader">, study: string) {
  const of = createHash("sha256").update(registering(node, study).join()).digest("base64");
  const counted = known.get(node.vault) ?? new Map<string, Counted>();
  known.set(node.vault, counted);
  const before = counted.get(study);
  if (before?.of === of) return before.counts;
  const instances = await instancesOf(node, study);
  const counts = {
    series: new Set(instances.map(({ record }) => record.seriesUid)).size,
    instances: instances.length,
  };
  if (counted.size >= mostKnown) counted.clear();
  counted.set(study, { of, counts });
  return counts;
}

/** The study, with each series and object counted once. Of one that was destroyed it says what statements said. */
export async function countedOnce(node: OpenNode, fact: StudyFact): Promise<StudyFact> {
  if (!fact.extended) return fact;
  const counts = await countsOf(node, fact.study);
  return counts.instances === 0 ? fact : { ...fact, ...counts };
}
