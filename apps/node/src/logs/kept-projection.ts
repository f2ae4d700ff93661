// A log's read model as a node keeps it: disposable, so that damage to its file costs a start and nothing else.
import { openProjection, type Projection } from "@fiducial/projection";
import { NodeError } from "../node-error.ts";

/** Opens it. What it is asked throws PROJECTION_DAMAGED once its file is found damaged; the next to open it begins it again. */
export function openKeptProjection(path: string): Projection {
  return openProjection(path, (thrown) => new NodeError("PROJECTION_DAMAGED", {}, thrown));
}
