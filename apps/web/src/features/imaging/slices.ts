// A series as slices: every frame of every object, in the order in which they are shown; their bytes are fetched when wanted and kept for a while.
import type { ObjectPlace, StudyObject, StudySeries } from "@fiducial/api";
import { node } from "../../ui/node.ts";
import { type Picture, readPicture } from "../../ui/picture/picture.ts";

/** One slice. An object without pixel data is one slice, too, which shows that it has no picture. */
export interface Slice {
  readonly object: StudyObject;
  readonly frame: number;
}

/** An object's bytes, and its pictures when it has some. */
export interface LoadedObject {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly picture: Picture | undefined;
}

/** Where a version of an object is registered. */
export type VersionPlace = Pick<StudyObject, "statementId" | "item">;

/** Lists the slices of a series; of an object that has the version `named`, those of that version. */
export function slicesOf({ objects }: StudySeries, named?: VersionPlace): readonly Slice[] {
  return objects
    .map((object) => (named === undefined ? object : inVersion(object, named)))
    .flatMap((object) => Array.from({ length: Math.max(1, object.frames) }, (_, frame) => ({ object, frame })));
}

/** An object in another of its versions; as it is when it has no such version. */
export function inVersion(object: StudyObject, named: VersionPlace): StudyObject {
  const version = object.versions?.find((one) => isSame(one, named));
  return version === undefined ? object : { ...object, ...named, frames: version.frames };
}

/** Tells whether two versions are registered at the same place. */
export function isSame(one: VersionPlace, other: VersionPlace): boolean {
  return one.statementId === other.statementId && one.item === other.item;
}

/** The series and slice, from 1, of an object by where a version of it is registered; undefined when it is none of these. */
export function placeOf(
  seriesList: readonly StudySeries[],
  statementId: string | undefined,
  item: number | undefined,
): { readonly series: number; readonly slice: number } | undefined {
  if (statementId === undefined || item === undefined) return undefined;
  const named = { statementId, item };
  for (const series of seriesList) {
    const slice = slicesOf(series, named).findIndex(({ object }) => isSame(object, named));
    if (slice >= 0) return { series: series.series, slice: slice + 1 };
  }
  return undefined;
}

const loaded = new Map<string, Promise<LoadedObject>>();
const mostBytes = 256 * 1024 * 1024;

/** Fetches an object of a study, or finds it among those fetched before. Throws ApiError, DicomError. */
export function loadObject(study: string, object: StudyObject): Promise<LoadedObject> {
  const { statementId, item } = object;
  const key = `${statementId}/${item}`;
  const known = loaded.get(key) ?? fetchObject({ study, statementId, item });
  loaded.delete(key);
  loaded.set(key, known);
  known.catch(() => loaded.delete(key));
  forgetOldest(object.sizeBytes);
  return known;
}

async function fetchObject(place: ObjectPlace): Promise<LoadedObject> {
  const bytes = await node.object(place);
  return { bytes, picture: await readPicture(bytes) };
}

// Objects of a study are much alike in size, so the last one's stands for all.
function forgetOldest(sizeBytes: number): void {
  const most = Math.max(4, Math.floor(mostBytes / Math.max(1, sizeBytes)));
  for (const key of loaded.keys()) {
    if (loaded.size <= most) return;
    loaded.delete(key);
  }
}
