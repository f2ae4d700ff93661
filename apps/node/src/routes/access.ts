// What the node answers about access.
import type { ReadFact } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";

/** What the log says of a read, or undefined. */
export function read(node: OpenNode, handle: string): ReadFact | undefined {
  return node.projection.access.read(handle);
}
