// WADO-RS: the attributes of objects in the DICOM JSON Model, with addresses for what is long. DICOM PS3.18 § 10.4.1.1.2.
import { Readable } from "node:stream";
import { dicomJsonText, objectJson } from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { addressOf, baseOf, uidsIn } from "./addresses.ts";
import { type FindingNode, type FoundInstance, fileOf, foundUnder } from "./found-instances.ts";
import { acceptedBy, chooseType, jsonTypes } from "./negotiation.ts";
import { openObject } from "./open-objects.ts";

/** Sends the attributes of what the address names. Rejects with INSTANCES_UNKNOWN, OBJECT_NOT_STORED, NOT_ACCEPTABLE. */
export async function sendMetadata(
  node: FindingNode,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const type = chooseType(acceptedBy(request), jsonTypes);
  const uids = uidsIn(request);
  const found = await foundUnder(node, uids);
  const files = found.map((one) => ({ path: fileOf(node, one), record: one.record }));
  return reply.type(type).send(Readable.from(modelsOf(files, baseOf(request), uids.study), { objectMode: false }));
}

async function* modelsOf(
  files: readonly { readonly path: string; readonly record: FoundInstance["record"] }[],
  base: string,
  study: string,
): AsyncGenerator<string, void> {
  let separator = "[";
  for (const { path, record } of files) {
    const address = addressOf(base, { study, series: record.seriesUid, instance: record.sopInstanceUid });
    await using opened = await openObject(path);
    const model = objectJson(opened.object, { bulkDataUri: (at) => `${address}/bulkdata/${at}` });
    yield `${separator}${dicomJsonText(model)}`;
    separator = ",";
  }
  yield "]";
}
