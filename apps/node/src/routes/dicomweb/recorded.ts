// What DICOMweb shows is recorded as every read: before the first byte, for the study that the UID in the address leads to.
import type { ReadAction, ReadThing } from "@fiducial/contract";
import type { onSendAsyncHookHandler } from "fastify";
import { askedBy, recordsAccess } from "../../access/hook.ts";
import type { OpenNode } from "../../compose.ts";
import { uidsIn } from "./addresses.ts";
import { studyAt } from "./found-instances.ts";

/** Makes the onSend hook of a route below /studies/{study}. */
export function recordsStudy(node: OpenNode, what: ReadThing, action: ReadAction): onSendAsyncHookHandler {
  return async (request, reply, payload) => {
    if (reply.statusCode >= 400) return payload;
    const { study, series } = uidsIn(request);
    const asked = { ...askedBy(request), what, action, series };
    const handle = studyAt(node, study);
    if (handle !== undefined) await node.access.before({ ...asked, study: handle });
    return payload;
  };
}

/** Makes the onSend hook of a search over studies: that a list was shown is recorded, with what is in it is not. */
export function recordsList(node: OpenNode): onSendAsyncHookHandler {
  return recordsAccess(node, "study-list", "search", () => ({}));
}
