// How routes record reads: a hook that holds an answer back until the read is durable, so that no byte goes out before.
import { PurposeOfUse, type ReadAction, type ReadThing } from "@fiducial/contract";
import type { FastifyRequest, onSendAsyncHookHandler, preHandlerAsyncHookHandler } from "fastify";
import { callerOf } from "../authorization/guard.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import type { Read } from "./read.ts";

/** What of a read a route knows. */
export type ReadFacts = Omit<Read, "caller" | "purpose" | "address" | "what" | "action">;

/** The header in which a reader states the purpose: a code of HL7 v3 PurposeOfUse. */
const purposeHeader = "purpose-of-use";

/**
 * Makes the onSend hook of a route that shows something. `factsOf` tells of which study or series; without it the route's
 * parameter `study` does. Answers that tell of a failure show nothing, and are not recorded.
 */
export function recordsAccess(
  { access }: Pick<OpenNode, "access">,
  what: ReadThing,
  action: ReadAction,
  factsOf: (request: FastifyRequest) => ReadFacts | Promise<ReadFacts> = studyInPath,
): onSendAsyncHookHandler {
  return async (request, reply, payload) => {
    if (reply.statusCode < 400) await access.before({ ...askedBy(request), what, action, ...(await factsOf(request)) });
    return payload;
  };
}

/** Who reads, for what, from where. Throws REQUEST_INVALID for a purpose that is none. */
export function askedBy(request: FastifyRequest): Pick<Read, "caller" | "purpose" | "address"> {
  const stated = request.headers[purposeHeader];
  const purpose = stated === undefined ? undefined : PurposeOfUse.safeParse(stated);
  if (purpose?.success === false)
    throw new NodeError("REQUEST_INVALID", {
      errors: [{ field: "Purpose-Of-Use", says: `It takes one of: ${PurposeOfUse.options.join(", ")}.` }],
    });
  return { caller: callerOf(request), address: request.ip, purpose: purpose?.data };
}

/** The hook that refuses a purpose that is none before anything is looked at, so that the refusal tells nothing. Throws REQUEST_INVALID. */
export const checkPurpose: preHandlerAsyncHookHandler = async (request) => void askedBy(request);

function studyInPath({ params }: FastifyRequest): ReadFacts {
  const { study } = params as { readonly study?: string };
  return { study };
}
