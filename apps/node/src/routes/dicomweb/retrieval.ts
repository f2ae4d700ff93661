// WADO-RS: objects as they are stored, byte for byte, one after the other. DICOM PS3.18 § 10.4.
import { createReadStream } from "node:fs";
import type { WrittenPart } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { streamOf } from "../../objects/object-reader.ts";
import { uidsIn } from "./addresses.ts";
import { type FindingNode, foundUnder } from "./found-instances.ts";
import { acceptedBy, checkAccepts, choose, sendMultipart, withSyntax } from "./negotiation.ts";
import { type OpenFile, openFiles, verdictIn, whenClosed } from "./open-objects.ts";

const dicom = "application/dicom";

/** Sends what the address names. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, PACS_*, NOT_ACCEPTABLE. */
export async function sendObjects(
  node: FindingNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const accepted = acceptedBy(request);
  checkAccepts(accepted, dicom);
  const found = await foundUnder(node, uidsIn(request));
  const choice = (syntaxes: readonly string[]) =>
    choose(accepted, [{ type: dicom, transferSyntaxes: syntaxes }], found.length === 1);
  const registered = [...new Set(found.map(({ record }) => record.transferSyntaxUid))];
  choice(registered);
  const { files, end } = await openFiles(node, found);
  whenClosed(reply, end);
  // An archive may have encoded losslessly what it keeps: that is another syntax than was registered.
  const check = ({ file }: OpenFile) => choice([...new Set([...registered, file.transferSyntaxUid])]);
  const { value: first } = (await files.next()) as { value: OpenFile };
  if (check(first).isMultipart) return sendMultipart(reply, dicom, partsOf(first, files, check));
  const { file } = first;
  return reply
    .type(withSyntax(dicom, file.transferSyntaxUid))
    .headers(verdictIn(file))
    .header("content-length", file.sizeBytes)
    .send(streamOf(file));
}

async function* partsOf(
  first: OpenFile,
  others: AsyncIterable<OpenFile>,
  check: (opened: OpenFile) => unknown,
): AsyncGenerator<WrittenPart, void> {
  yield partOf(first);
  for await (const opened of others) {
    check(opened);
    yield partOf(opened);
  }
}

function partOf({ file }: OpenFile): WrittenPart {
  return {
    header: {
      "Content-Type": withSyntax(dicom, file.transferSyntaxUid),
      "Content-Length": String(file.sizeBytes),
      ...verdictIn(file),
    },
    body: bytesOf(file),
  };
}

// Opened when its turn comes: an answer that is given up before would leave a stream whose failure nobody hears.
async function* bytesOf({ path, letGo }: OpenFile["file"]): AsyncGenerator<Uint8Array, void> {
  try {
    yield* createReadStream(path, { highWaterMark: readAtOnce });
  } finally {
    letGo();
  }
}

const readAtOnce = 262_144;
