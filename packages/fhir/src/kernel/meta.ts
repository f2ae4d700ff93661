// A resource's version and when it last changed: the entry that changed it. FHIR R4 § 2.3.6 (Meta).
import type { UtcTime } from "@fiducial/core";
import type { Meta } from "@medplum/fhirtypes";
import { systems } from "./systems.ts";

/** The last entry that changed what a resource shows. */
export interface LastChange {
  readonly index: number;
  readonly recordedAt: UtcTime;
}

/** The meta element of a resource; `partly` marks one that is shown without some of its elements. */
export function metaOf({ index, recordedAt }: LastChange, partly = false): Meta {
  return {
    versionId: String(index),
    lastUpdated: recordedAt,
    ...(partly ? { tag: [{ system: systems.observationValue, code: "SUBSETTED" }] } : {}),
  };
}
