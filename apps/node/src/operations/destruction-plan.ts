// What a destruction or an erasure would do, before anything is done.

import { statSync } from "node:fs";
import { studyOf } from "@fiducial/contract";
import { objectsOf } from "./object-destruction.ts";
import type { Site } from "./site.ts";
import { countsOf, type Survivor, survivorsOf } from "./survivors.ts";
import type { SurvivorCounts } from "./under-way.ts";

/** A study that would go. */
export interface PlannedStudy {
  readonly study: string;
  /** Objects that no other study has, and their bytes. */
  readonly objects: number;
  readonly bytes: number;
  /** How many holds keep it: none, or nothing is destroyed. */
  readonly holds: number;
  readonly retainUntil: string | null;
}

export interface DestructionPlan {
  readonly studies: readonly PlannedStudy[];
  /** What goes on existing elsewhere. */
  readonly survivors: readonly Survivor[];
  readonly counts: SurvivorCounts;
}

/** Plans the destruction of studies, and of a subject if one is named. */
export function planOf(site: Site, studies: readonly string[], subject?: string): DestructionPlan {
  const survivors = survivorsOf(site, studies, subject);
  return { studies: studies.map((study) => plannedStudy(site, study)), survivors, counts: countsOf(survivors) };
}

function plannedStudy({ vault, objects, logs }: Site, study: string): PlannedStudy {
  const present = [...objectsOf(vault, [study])].filter(objects.has);
  const rows = logs.all.flatMap(({ store }) => studyOf(store.state, study) ?? []);
  const [row] = rows;
  return {
    study,
    objects: present.length,
    bytes: present.reduce((sum, digest) => sum + statSync(objects.pathOf(digest)).size, 0),
    holds: row?.holds.length ?? 0,
    retainUntil: row?.retainUntil ?? null,
  };
}
