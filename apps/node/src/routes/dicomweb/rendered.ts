// WADO-RS: frames as pictures, and thumbnails of whatever has any. DICOM PS3.18 § 10.4.1.1.3, § 10.4.1.1.4.
import type { FastifyReply, FastifyRequest } from "fastify";
import { callerKey } from "../../authorization/caller-key.ts";
import { NodeError } from "../../node-error.ts";
import { departureOf } from "../../serving/departure.ts";
import { uidsIn } from "./addresses.ts";
import { type FindingNode, type FoundInstance, foundUnder } from "./found-instances.ts";
import { frameNumbers } from "./frames.ts";
import { acceptedBy, chooseType } from "./negotiation.ts";
import { verdictIn } from "./open-objects.ts";
import type { RenderingPool } from "./rendering/rendering-pool.ts";
import { type RenderingQuery, renderingQuery } from "./rendering/rendering-query.ts";
import { pictureTypes } from "./rendering/rendering-work.ts";

/** Pixels on a side, unless the viewport says otherwise. */
const thumbnailSide = 128;

/** Sends one frame as a picture: the one that the address names, else the first. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, PACS_*, FRAME_UNKNOWN, NOT_RENDERABLE, NOT_ACCEPTABLE, BUSY. */
export function sendRendered(
  node: FindingNode,
  pool: RenderingPool,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  return sendPicture(node, pool, request, reply, renderingQuery(request));
}

/** Sends a small picture: of a study or a series that of the object in its middle. Rejects as sendRendered. */
export function sendThumbnail(
  node: FindingNode,
  pool: RenderingPool,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const viewport = { width: thumbnailSide, height: thumbnailSide };
  return sendPicture(node, pool, request, reply, { viewport, ...renderingQuery(request) });
}

async function sendPicture(
  node: FindingNode,
  pool: RenderingPool,
  request: FastifyRequest,
  reply: FastifyReply,
  query: RenderingQuery,
): Promise<FastifyReply> {
  const type = chooseType(acceptedBy(request), pictureTypes);
  const [caller, signal] = [callerKey(request), departureOf(reply)];
  const uids = uidsIn(request);
  const { frames } = request.params as { frames?: string };
  const [number = 1, ...others] = frames === undefined ? [] : frameNumbers(frames);
  // Several pictures would need a form that shows several.
  if (others.length > 0) throw new NodeError("NOT_ACCEPTABLE");
  const found = await foundUnder(node, uids);
  const file = await node.objectReader.open(middleOf(found));
  try {
    const picture = await pool.render({ path: file.path, frame: number - 1, type, ...query }, { caller, signal });
    // Nobody waits for it any more.
    if (picture === undefined) return reply.hijack();
    return reply.type(type).headers(verdictIn(file)).send(Buffer.from(picture.buffer));
  } finally {
    file.letGo();
  }
}

function middleOf(found: readonly FoundInstance[]): FoundInstance {
  const withFrames = found.filter(({ record }) => record.frameCount > 0);
  const middle = withFrames[Math.floor(withFrames.length / 2)];
  if (middle === undefined) throw new NodeError("NOT_RENDERABLE");
  return middle;
}
