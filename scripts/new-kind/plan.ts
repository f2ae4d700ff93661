// Everything that a new kind needs, as files to write: nothing is written before all of it has found its place.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { contractRoom, type ReadFile } from "./contract-room.ts";
import { pageRoom } from "./page-room.ts";
import { projectionRoom } from "./projection-room.ts";
import type { KindRequest } from "./request.ts";
import { routeRoom } from "./route-room.ts";

/** What the tree says of its contract. */
export interface TreeFacts {
  /** The newest contract version. */
  readonly version: number;
  /** Whether logs may run on it, so that it changes no more. */
  readonly released: boolean;
  readonly knownCodes: ReadonlySet<string>;
}

/** A file to write, and whether it was there before. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
  readonly made: boolean;
}

/** Plans a kind for the tree at `root`. Throws when the newest contract is released, and when a line finds no place. */
export function planKind(
  root: string,
  request: KindRequest,
  { version, released, knownCodes }: TreeFacts,
): PlannedFile[] {
  if (released)
    throw new Error(
      `contract version ${version} is released: make version ${version + 1} first (docs/adding-an-application.md)`,
    );
  const read: ReadFile = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : undefined);
  const files = new Map([
    ...contractRoom(request, { version, knownCodes }, read),
    ...projectionRoom(request, read),
    ...routeRoom(request, read),
    ...pageRoom(request, read),
  ]);
  return [...files].map(([path, text]) => ({ path, text, made: read(path) === undefined }));
}
