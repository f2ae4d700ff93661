// What DICOMweb shows is recorded as every read: before the first byte, for the study that the UID in the address leads to.
import type { ReadAction, ReadThing } from "@fiducial/contract";
import type { FastifyReply, FastifyRequest, onSendAsyncHookHandler } from "fastify";
import { askedBy, recordsAccess } from "../../access/hook.ts";
import type { OpenNode } from "../../compose.ts";
import { NodeError } from "../../node-error.ts";
import { uidsIn } from "./addresses.ts";
import { studyAt } from "./found-instances.ts";

/** Makes the onSend hook of a route below /studies/{study}. */
export function recordsStudy(node: OpenNode, what: ReadThing, action: ReadAction): onSendAsyncHookHandler {
  return async (request, reply, payload) => {
    if (reply.statusCode < 400) await record(node, request, { what, action });
    return payload;
  };
}

/** Makes a handler of a route below /studies/{study} record what it refuses of a registered study: another answer than for what is unknown tells that it is there. */
export function recordingRefusals(
  node: OpenNode,
  what: ReadThing,
  action: ReadAction,
  handler: (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>,
): typeof handler {
  return async (request, reply) => {
    try {
      return await handler(request, reply);
    } catch (thrown) {
      if (!isAlike(thrown)) await record(node, request, { what, action, outcome: "refused" });
      throw thrown;
    }
  };
}

/** What is answered of whatever is asked for, registered or not. */
const alike: ReadonlySet<string> = new Set(["INSTANCES_UNKNOWN", "REQUEST_INVALID"]);

function isAlike(thrown: unknown): boolean {
  return thrown instanceof NodeError && alike.has(thrown.code);
}

async function record(
  node: OpenNode,
  request: FastifyRequest,
  read: { readonly what: ReadThing; readonly action: ReadAction; readonly outcome?: "refused" },
): Promise<void> {
  const { study, series } = uidsIn(request);
  const handle = studyAt(node, study);
  if (handle !== undefined) await node.access.before({ ...askedBy(request), ...read, series, study: handle });
}

/** Of which studies the answer to a search over studies is. */
const listedBy = new WeakMap<FastifyRequest, readonly string[]>();

/** Notes of which studies a search has found something, by handles, before it is answered. */
export function noteListed(request: FastifyRequest, studies: readonly string[]): void {
  listedBy.set(request, studies);
}

/** Makes the onSend hook of a search over studies: that a list was shown is recorded, and of how many studies; of which is not. */
export function recordsList(node: OpenNode): onSendAsyncHookHandler {
  return recordsAccess(node, "study-list", "search", (request) => {
    const listed = listedBy.get(request);
    return { studies: listed?.length, listed };
  });
}
