// Whether objects can be had: what is kept here can; of what the PACS keeps it is asked, where a search names the study. DICOM PS3.3 § C.4.23.1.1.
import type { OpenNode } from "../../../compose.ts";
import type { FoundInstance } from "../found-instances.ts";
import { tagOf } from "./levels.ts";
import type { SearchQuery } from "./search-query.ts";

/** Instance Availability (0008,0056): OFFLINE is in the PACS, which does not answer now. */
export type Availability = "ONLINE" | "OFFLINE" | "UNAVAILABLE";

/** Tells how each of a study's objects can be had. The PACS is asked where somebody wants to know, of one study that is named; else what it was seen to hold counts as there. */
export async function availability(
  { objects, pacs }: Pick<OpenNode, "objects" | "pacs">,
  found: readonly FoundInstance[],
  query: SearchQuery,
): Promise<(one: FoundInstance) => Availability> {
  const isHere = ({ record }: FoundInstance) => objects.has(record.file);
  const [studyUid, ...others] = query.matches.get(tagOf("StudyInstanceUID")) ?? [];
  const isWanted = query.showsAll || query.shown.has(availabilityTag) || query.matches.has(availabilityTag);
  if (pacs === undefined || found.every(isHere)) return (one) => (isHere(one) ? "ONLINE" : "UNAVAILABLE");
  if (!isWanted || studyUid === undefined || others.length > 0)
    return (one) => (isHere(one) || objects.isReleased(one.record.file) ? "ONLINE" : "UNAVAILABLE");
  const listed = await pacs.instancesOf(studyUid, found.length).catch(() => undefined);
  return (one) => {
    if (isHere(one)) return "ONLINE";
    if (listed === undefined) return "OFFLINE";
    return listed.has(one.record.sopInstanceUid) ? "ONLINE" : "UNAVAILABLE";
  };
}

const availabilityTag = tagOf("InstanceAvailability");
