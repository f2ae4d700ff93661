import type { StudySeries } from "@fiducial/api";
import { expect, test } from "vitest";
import { placeOf, slicesOf } from "./slices.ts";

const [one, two] = ["ab".repeat(32), "cd".repeat(32)];
const object = (
  statementId: string,
  item: number,
  frames = 1,
  versions?: StudySeries["objects"][number]["versions"],
) => ({
  ...{ statementId, item, frames, transferSyntaxUid: "1.2.840.10008.1.2.1", sizeBytes: 9 },
  ...(versions === undefined ? {} : { versions }),
});
const versions = [
  { version: 1, statementId: one, item: 3, frames: 0 },
  { version: 2, statementId: two, item: 0, frames: 0 },
  { version: 3, statementId: two, item: 7, frames: 2 },
];
const seriesList: StudySeries[] = [
  { series: 1, modality: "CT", objects: [object(one, 0), object(one, 1, 3), object(one, 2)] },
  { series: 2, modality: "SR", objects: [object(two, 0, 0, versions)] },
];

test.each([
  [one, 0, { series: 1, slice: 1 }],
  [one, 2, { series: 1, slice: 5 }],
  [two, 0, { series: 2, slice: 1 }],
  [one, 3, { series: 2, slice: 1 }],
  [two, 7, { series: 2, slice: 1 }],
  [two, 1, undefined],
  [undefined, undefined, undefined],
])("an object is at its slice, whichever version of it is named: %#", (statementId, item, place) => {
  expect(placeOf(seriesList, statementId, item)).toEqual(place);
});

test("the version that is named is shown, with its own frames, and no other object is changed by it", () => {
  const [ct, sr] = seriesList as [StudySeries, StudySeries];
  const named = { statementId: two, item: 7 };
  expect(slicesOf(sr, named).map(({ object, frame }) => [object.statementId, object.item, frame])).toEqual([
    [two, 7, 0],
    [two, 7, 1],
  ]);
  expect(slicesOf(sr).map(({ object: { item } }) => item)).toEqual([0]);
  expect(slicesOf(ct, named)).toEqual(slicesOf(ct));
});
