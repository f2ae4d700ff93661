// WADO-RS: objects as they are stored, byte for byte, one after the other. DICOM PS3.18 § 10.4.
import { createReadStream } from "node:fs";
import type { WrittenPart } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { uidsIn } from "./addresses.ts";
import { type FindingNode, type FoundInstance, fileOf, foundUnder } from "./found-instances.ts";
import { acceptedBy, choose, sendMultipart, withSyntax } from "./negotiation.ts";

const dicom = "application/dicom";

/** Sends what the address names. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, NOT_ACCEPTABLE. */
export async function sendObjects(
  node: FindingNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const found = await foundUnder(node, uidsIn(request));
  const transferSyntaxes = [...new Set(found.map(({ record }) => record.transferSyntaxUid))];
  const offers = [{ type: dicom, transferSyntaxes }];
  const { isMultipart } = choose(acceptedBy(request), offers, found.length === 1);
  // All are there before the first is sent: an answer that breaks off tells a client nothing.
  const files = found.map((one) => ({ path: fileOf(node, one), record: one.record }));
  if (isMultipart) return sendMultipart(reply, dicom, partsOf(files));
  const [{ path, record }] = files as [(typeof files)[number]];
  return reply
    .type(withSyntax(dicom, record.transferSyntaxUid))
    .header("content-length", record.sizeBytes)
    .send(createReadStream(path));
}

async function* partsOf(
  files: readonly { readonly path: string; readonly record: FoundInstance["record"] }[],
): AsyncGenerator<WrittenPart, void> {
  for (const { path, record } of files)
    yield {
      header: {
        "Content-Type": withSyntax(dicom, record.transferSyntaxUid),
        "Content-Length": String(record.sizeBytes),
      },
      body: bytesOf(path),
    };
}

// Opened when its turn comes: an answer that is given up before would leave a stream whose failure nobody hears.
async function* bytesOf(path: string): AsyncGenerator<Uint8Array, void> {
  yield* createReadStream(path, { highWaterMark: readAtOnce });
}

const readAtOnce = 262_144;
