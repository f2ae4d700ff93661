// WADO-RS: single frames as they are stored. DICOM PS3.18 § 10.4.1.1.6.
import { Readable } from "node:stream";
import { type DicomObject, type FrameLayout, framePieces, layOutFrames } from "@fiducial/dicom";
import { type AcceptedType, frameMediaType, octetStream, type WrittenPart } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { NodeError } from "../../node-error.ts";
import { addressOf, baseOf, type NamedUids, uidsIn } from "./addresses.ts";
import { type FindingNode, foundAt } from "./found-instances.ts";
import { acceptedBy, choose, type Offer, sendMultipart, withSyntax } from "./negotiation.ts";
import { openObjectFor } from "./open-objects.ts";

/** Frames that one request may ask for. */
const mostFrames = 4096;
/** Native frames are given lowest byte first, whatever the object is in. */
const explicitLittleEndian = "1.2.840.10008.1.2.1";

/** Sends the frames that the address names, from 1. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, PACS_*, FRAME_UNKNOWN, NOT_ACCEPTABLE. */
export async function sendFrames(
  node: FindingNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const uids = uidsIn(request) as NamedUids & { instance: string };
  const numbers = frameNumbers((request.params as { frames: string }).frames);
  const accepted = acceptedBy(request);
  const object = await openObjectFor(node, reply, await foundAt(node, uids));
  const address = `${addressOf(baseOf(request), uids)}/frames`;
  return sendFramesOf(object, accepted, reply, address, (count) => {
    if (numbers.some((number) => number > count)) throw new NodeError("FRAME_UNKNOWN");
    return numbers;
  });
}

/** Sends frames of an object that is open. `wanted` gives their numbers, of so many. */
export async function sendFramesOf(
  object: DicomObject,
  accepted: readonly AcceptedType[],
  reply: FastifyReply,
  address: string,
  wanted: (count: number) => readonly number[],
): Promise<FastifyReply> {
  const layout = await layOutFrames(object);
  if (layout === undefined) throw new NodeError("FRAME_UNKNOWN");
  const numbers = wanted(layout.count);
  const offers = offersOf(object.transferSyntaxUid, layout);
  const { offer, isMultipart } = choose(accepted, offers, numbers.length === 1);
  const type = withSyntax(offer.type, offer.transferSyntaxes[0]);
  const piecesOf = (number: number) => framePieces(object.content, layout, number - 1);
  if (isMultipart) return sendMultipart(reply, offer.type, partsOf(numbers, piecesOf, type, address));
  return reply.type(type).send(Readable.from(piecesOf(numbers[0] as number), { objectMode: false }));
}

/** Reads a list of frames, counted from 1. Throws REQUEST_INVALID. */
export function frameNumbers(text: string): number[] {
  const numbers = /^[1-9]\d{0,8}(?:,[1-9]\d{0,8})*$/.test(text) ? text.split(",").map(Number) : [];
  if (numbers.length === 0 || numbers.length > mostFrames) throw new NodeError("REQUEST_INVALID");
  return numbers;
}

function offersOf(transferSyntaxUid: string, layout: FrameLayout): Offer[] {
  if (layout.bits !== undefined) return [{ type: octetStream, transferSyntaxes: [explicitLittleEndian] }];
  const transferSyntaxes = [transferSyntaxUid];
  const own = { type: frameMediaType(transferSyntaxUid), transferSyntaxes };
  return [own, { type: octetStream, transferSyntaxes, mustBeNamed: true }];
}

async function* partsOf(
  numbers: readonly number[],
  piecesOf: (number: number) => AsyncIterable<Uint8Array>,
  type: string,
  address: string,
): AsyncGenerator<WrittenPart, void> {
  for (const number of numbers)
    yield {
      header: { "Content-Type": type, "Content-Location": `${address}/${number}` },
      body: piecesOf(number),
    };
}
