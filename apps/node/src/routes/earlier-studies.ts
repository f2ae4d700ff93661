// Studies that had UIDs of a study first. The gateway says so on the ledger of the first one; whoever looks at the second has to know as well. DICOM PS3.5 § 9 (unique identifiers).
import { setImmediate as nextTurn } from "node:timers/promises";
import type { StudyDetail } from "@fiducial/api";
import type { OpenNode } from "../compose.ts";
import type { RegisteredSeries } from "./series.ts";

/** Objects looked up before others get their turn. */
const objectsATurn = 64;
/** As many studies as somebody looks at. */
const most = 8;

/** Tells with which other studies the objects of one were registered first, those with the most objects first. */
export async function earlierStudies(
  node: Pick<OpenNode, "vault" | "logs" | "projection">,
  study: string,
  series: readonly RegisteredSeries[],
): Promise<StudyDetail["earlier"]> {
  const counts = new Map<string, number>();
  let looked = 0;
  for (const { objects } of series)
    for (const { record } of objects) {
      if (looked++ % objectsATurn === 0) await nextTurn();
      const first = firstStudyOf(node, record.sopInstanceUid);
      if (first !== undefined && first !== study) counts.set(first, (counts.get(first) ?? 0) + 1);
    }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .flatMap(([earlier, instances]) => {
      const fact = node.projection.imaging.study(earlier);
      return fact === undefined ? [] : [{ study: earlier, index: fact.index, instances }];
    })
    .slice(0, most);
}

// What no log has was never registered.
function firstStudyOf({ vault, logs }: Pick<OpenNode, "vault" | "logs">, sopInstanceUid: string): string | undefined {
  if (sopInstanceUid === "") return undefined;
  const versions = vault.versionsOf({ sopInstanceUid });
  // Hardly ever is there another one.
  if (versions.length < 2) return undefined;
  return versions.find(({ statement }) => logs.placeOf(statement) !== undefined)?.study;
}
