// STOW-RS: objects come in as parts of one request, and the answer says of each that it is durable, or why it is not. DICOM PS3.18 § 10.5.
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { isUid } from "@fiducial/dicom";
import { parseMediaType } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { callerKey } from "../../../authorization/caller-key.ts";
import { callerOf } from "../../../authorization/guard.ts";
import type { OpenNode } from "../../../compose.ts";
import { NodeError } from "../../../node-error.ts";
import type { ServerLimits } from "../../../serving/limits.ts";
import { places } from "../../../serving/places.ts";
import { spoolOf } from "../../../serving/spool.ts";
import { codeOf } from "../../../thrown-code.ts";
import { baseOf } from "../addresses.ts";
import { acceptedBy, chooseType, jsonTypes, sendJson } from "../negotiation.ts";
import { openObject } from "../open-objects.ts";
import { failureReasonOf } from "./failure-reasons.ts";
import { senderOf } from "./sender.ts";
import { type SentPart, sentParts } from "./sent-parts.ts";
import { type PartOutcome, storeResponse } from "./store-response.ts";

/** What storing works with. */
export type StoringNode = Pick<OpenNode, "inbox" | "connections" | "objects">;

/** Takes the objects of a request in and answers it. Rejects with MEDIA_TYPE_UNSUPPORTED, NOT_ACCEPTABLE, TOO_MANY_UPLOADS, INTAKES_FULL, MULTIPART_INVALID, UPLOAD_BROKEN_OFF, REQUEST_TOO_LARGE, REQUEST_TIMED_OUT. */
export type Storing = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** Objects of one request that the inbox has at a time, while the next one comes in. */
const mostUnderWay = 16;

/** Makes what takes objects in, within the limits of uploads. */
export function storing(node: StoringNode, limits: ServerLimits): Storing {
  const seats = places(limits.uploads, "TOO_MANY_UPLOADS");
  // A request has its place from the first part to the last.
  const spool = spoolOf(node.objects.newIncoming, { ...limits, uploads: Number.POSITIVE_INFINITY });

  const pace = { ...limits, idleMs: limits.fileIdleMs };

  return async (request, reply) => {
    const type = chooseType(acceptedBy(request), jsonTypes);
    const boundary = boundaryOf(request);
    const { study } = request.params as { study?: string };
    if (study !== undefined && !isUid(study)) throw new NodeError("REQUEST_INVALID");
    const body = request.body as Readable;
    const sender = senderOf(callerOf(request));
    const line = node.connections.line(sender);
    const leave = seats.take(callerKey(request));
    const receipt = receiving(node, line, sender.id, study);
    try {
      for await (const part of sentParts(body, { boundary, pace, spool })) await receipt.take(part);
      const outcomes = await receipt.outcomes();
      if (outcomes.length === 0) throw new NodeError("MULTIPART_INVALID");
      const { status, text } = storeResponse(outcomes, baseOf(request));
      return sendJson(reply.status(status), type, text);
    } catch (thrown) {
      // What came whole is kept: only then it is known how the connection stands.
      await receipt.outcomes().catch(() => {});
      line.failed(codeOf(thrown));
      throw thrown;
    } finally {
      leave();
    }
  };
}

/** What one request brings on its way into the inbox. */
interface Receiving {
  /** Passes a part on. Resolves when there is room for the next. */
  take(part: SentPart): Promise<void>;
  /** Resolves when all are durable, or refused; in the order in which they were sent. Rejects with what failed, when that left nothing stored. */
  outcomes(): Promise<PartOutcome[]>;
}

function receiving(
  { inbox }: StoringNode,
  line: ReturnType<StoringNode["connections"]["line"]>,
  connection: string,
  study: string | undefined,
): Receiving {
  const outcomes: Promise<PartOutcome>[] = [];
  const underWay = new Set<Promise<unknown>>();
  let failure: unknown;

  async function receive({ file: { path, release }, object }: SentPart): Promise<PartOutcome> {
    try {
      if (study !== undefined && (await isOfAnother(path, study))) {
        await rm(path, { force: true });
        return refused("STUDY_UID_DIFFERS", object);
      }
      const received = await inbox.receive({ path, connection });
      if ("refused" in received) return refused(received.refused.code, object);
      line.took(received.sizeBytes);
      return { stored: received.object };
    } catch (thrown) {
      failure ??= thrown;
      return refused(codeOf(thrown), object);
    } finally {
      release();
    }
  }

  function refused(code: string, object: SentPart["object"]): PartOutcome {
    line.refused(code);
    return { failureReason: failureReasonOf(code), object };
  }

  return {
    take: async (part) => {
      const outcome = receive(part).finally(() => underWay.delete(outcome));
      outcomes.push(outcome);
      underWay.add(outcome);
      if (underWay.size >= mostUnderWay) await Promise.race(underWay);
    },
    outcomes: async () => {
      const all = await Promise.all(outcomes);
      if (failure !== undefined && !all.some((outcome) => "stored" in outcome)) throw failure;
      return all;
    },
  };
}

// An object that cannot be read is for the inbox to refuse.
async function isOfAnother(path: string, study: string): Promise<boolean> {
  const opened = await openObject({ path, letGo: () => {} }).catch(() => undefined);
  if (opened === undefined) return false;
  await using _ = opened;
  return opened.object.studyInstanceUid !== study;
}

function boundaryOf({ headers, body }: FastifyRequest): string {
  const type = parseMediaType(headers["content-type"] ?? "");
  const root = type?.parameters.get("type")?.toLowerCase() ?? "application/dicom";
  if (type?.name !== "multipart/related" || root !== "application/dicom" || !(body instanceof Readable))
    throw new NodeError("MEDIA_TYPE_UNSUPPORTED");
  return type.parameters.get("boundary") ?? "";
}
