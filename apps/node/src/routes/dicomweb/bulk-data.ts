// WADO-RS: the values behind the addresses in metadata. DICOM PS3.18 § 10.4.1.1.5.
import { Readable } from "node:stream";
import { bulkValueAt, octetStream, type WrittenPart } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { NodeError } from "../../node-error.ts";
import { addressOf, baseOf, type NamedUids, uidsIn } from "./addresses.ts";
import { type FindingNode, foundAt } from "./found-instances.ts";
import { sendFramesOf } from "./frames.ts";
import { acceptedBy, choose, sendMultipart } from "./negotiation.ts";
import { openObjectFor } from "./open-objects.ts";

/** Sends a value, numbers lowest byte first; pixel data as all their frames. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, PACS_*, VALUE_UNKNOWN, NOT_ACCEPTABLE. */
export async function sendBulkData(
  node: FindingNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const uids = uidsIn(request) as NamedUids & { instance: string };
  const { "*": path = "" } = request.params as Record<string, string>;
  const accepted = acceptedBy(request);
  const object = await openObjectFor(node, reply, await foundAt(node, uids));
  const address = addressOf(baseOf(request), uids);
  const value = bulkValueAt(object, path);
  if (value === undefined) throw new NodeError("VALUE_UNKNOWN");
  if (value === "pixel-data") return sendFramesOf(object, accepted, reply, `${address}/frames`, allOf);
  const { isMultipart } = choose(accepted, [{ type: octetStream, transferSyntaxes: [littleEndian] }], true);
  if (!isMultipart) return reply.type(octetStream).send(Readable.from(value(), { objectMode: false }));
  return sendMultipart(reply, octetStream, onePart(value(), `${address}/bulkdata/${path}`));
}

const littleEndian = "1.2.840.10008.1.2.1";

function allOf(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}

async function* onePart(body: AsyncIterable<Uint8Array>, address: string): AsyncGenerator<WrittenPart, void> {
  yield { header: { "Content-Type": octetStream, "Content-Location": address }, body };
}
