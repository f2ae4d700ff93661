import type { StudySeries } from "@fiducial/api";
import { expect, test } from "vitest";
import { placeOf } from "./slices.ts";

const [one, two] = ["ab".repeat(32), "cd".repeat(32)];
const object = (
  statementId: string,
  item: number,
  frames = 1,
  earlier?: StudySeries["objects"][number]["earlier"],
) => ({
  ...{ statementId, item, frames, transferSyntaxUid: "1.2.840.10008.1.2.1", sizeBytes: 9 },
  ...(earlier === undefined ? {} : { earlier }),
});
const seriesList: StudySeries[] = [
  { series: 1, modality: "CT", objects: [object(one, 0), object(one, 1, 3), object(one, 2)] },
  { series: 2, modality: "SR", objects: [object(two, 0, 0, [{ statementId: one, item: 3 }])] },
];

test.each([
  [one, 0, { series: 1, slice: 1 }],
  [one, 2, { series: 1, slice: 5 }],
  [two, 0, { series: 2, slice: 1 }],
  [one, 3, { series: 2, slice: 1 }],
  [two, 1, undefined],
  [undefined, undefined, undefined],
])("an object, or an earlier version of it, is at its slice: %#", (statementId, item, place) => {
  expect(placeOf(seriesList, statementId, item)).toEqual(place);
});
