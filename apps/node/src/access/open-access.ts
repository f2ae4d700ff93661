// The recorder of a node: its outbox stands in the data folder.
import { join } from "node:path";
import type { KeyProtector } from "@fiducial/vault";
import type { Site } from "../operations/site.ts";
import { openOutbox } from "./outbox.ts";
import { type AccessRecorder, accessRecorder } from "./recorder.ts";

/** Starts recording the reads of a node, and records what waited when it was closed. */
export async function openAccess(site: Site, protector: KeyProtector): Promise<AccessRecorder> {
  const outbox = await openOutbox(join(site.folder.path, "access-outbox"), protector);
  const { store } = site.logs.current;
  return accessRecorder({
    site,
    outbox,
    isRecorded: (statement) => store.indexOf(statement) !== undefined,
    nowMs: site.nowMs,
  });
}
