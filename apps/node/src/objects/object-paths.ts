// Where in its folder the object store has what.
import { join } from "node:path";

/** The file of the object with this digest, lower-case hex: in one of 256 folders. */
export function objectPath(folder: string, digest: string): string {
  return join(folder, digest.slice(0, 2), `${digest}.dcm`);
}

/** The folder of files that have no digest yet; cleared at every opening. */
export function incomingFolder(folder: string): string {
  return join(folder, "incoming");
}

/** A file in it. */
export function incomingPath(folder: string, name: string): string {
  return join(incomingFolder(folder), name);
}

/** What the PACS gave for the object with this digest, for as long as somebody reads it. */
export function fetchedPath(folder: string, digest: string): string {
  return join(incomingFolder(folder), `fetched-${digest}`);
}

/** The folder of marks: a file without content for each object that is not registered yet, so that what a stopped process left is found without looking at all objects. */
export function markFolder(folder: string): string {
  return join(folder, "unregistered");
}

/** The mark of the object with this digest. */
export function markPath(folder: string, digest: string): string {
  return join(markFolder(folder), digest);
}
