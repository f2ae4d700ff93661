// WADO-RS: the attributes of objects in the DICOM JSON Model, with addresses for what is long. DICOM PS3.18 § 10.4.1.1.2.
import { Readable } from "node:stream";
import { dicomJsonText, objectJson } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { addressOf, baseOf, uidsIn } from "./addresses.ts";
import { type FindingNode, foundUnder } from "./found-instances.ts";
import { acceptedBy, chooseType, jsonTypes } from "./negotiation.ts";
import { type OpenFile, openFiles, openObject, whenClosed } from "./open-objects.ts";

/** Sends the attributes of what the address names. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, PACS_*, NOT_ACCEPTABLE. */
export async function sendMetadata(
  node: FindingNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = chooseType(acceptedBy(request), jsonTypes);
  const uids = uidsIn(request);
  const found = await foundUnder(node, uids);
  const { files, end } = await openFiles(node, found);
  whenClosed(reply, end);
  return reply.type(type).send(Readable.from(modelsOf(files, baseOf(request), uids.study), { objectMode: false }));
}

async function* modelsOf(files: AsyncIterable<OpenFile>, base: string, study: string): AsyncGenerator<string, void> {
  let separator = "[";
  for await (const { file, found } of files) {
    const { seriesUid: series, sopInstanceUid: instance } = found.record;
    const address = addressOf(base, { study, series, instance });
    await using opened = await openObject(file);
    const model = objectJson(opened.object, { bulkDataUri: (at) => `${address}/bulkdata/${at}` });
    yield `${separator}${dicomJsonText(model)}`;
    separator = ",";
  }
  yield "]";
}
