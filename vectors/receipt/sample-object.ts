// A receipt of the sample log whose study holds real DICOM objects, so that files can be held against it.
import {
  type Json,
  manifestOf,
  type ProvedObject,
  proveManifestItem,
  type Statement,
  saltOf,
  toHex,
  utf8,
} from "../../packages/core/src/index.ts";
import { attributesRoot, saltedAttributes } from "../../packages/dicom/src/fingerprint/attribute-digests.ts";
import { type FingerprintedObject, fingerprint } from "../../packages/dicom/src/fingerprint/fingerprint.ts";
import { bytesSource } from "../../packages/dicom/src/reading/byte-source.ts";
import { draft, gateway, type SampleLog, sampleLog, signedBy, signer } from "./sample-log.ts";

const seed = utf8("manifest".padEnd(32, "."));

/** Builds the sample log around a study of these objects, after statements that were made `before`; its receipt shows the first of them, with its attributes' digests. */
export async function sampleObjectLog(
  files: readonly Uint8Array[],
  before: readonly Statement[] = [],
): Promise<SampleLog> {
  const objects = await Promise.all(files.map((bytes) => fingerprint(bytesSource(bytes))));
  const recorded = objects.map(recordOf);
  const manifest = manifestOf(
    recorded.map(({ record }) => record),
    seed,
  );
  const registered = draft(
    "imaging.study.registered",
    [signer(gateway, "on-behalf-of")],
    { manifest: manifest.root, instances: files.length },
    { studyUid: "2.25.1", accession: null },
  );
  const statement = await signedBy(registered, gateway);
  const log = await sampleLog((usual) => [...usual.slice(0, -1), ...before, statement]);
  const index = manifest.items.findIndex(({ place }) => place === 0);
  const item = manifest.items[index] as (typeof manifest.items)[number];
  const commitments = manifest.items.map(({ commitment }) => commitment);
  const proof = proveManifestItem(commitments, index, item);
  const attributes = (recorded[0] as Recorded).attributes;
  return { ...log, receipt: { ...log.receipt, objects: [{ proof, attributes }] } };
}

interface Recorded {
  readonly record: Json;
  readonly attributes: NonNullable<ProvedObject["attributes"]>;
}

function recordOf({ fingerprint: digests, header, canonicalHeader }: FingerprintedObject, place: number): Recorded {
  const salt = saltOf(seed, `items/${place}/attributes`);
  const salted = saltedAttributes(canonicalHeader, salt);
  const { file, dataset, frames, frameCount, pixels, transferSyntaxUid, sizeBytes } = digests;
  return {
    record: {
      ...{ file, dataset, frames, frameCount, pixels, transferSyntaxUid, sizeBytes },
      sopInstanceUid: header.sopInstanceUid as string,
      sopClassUid: header.sopClassUid as string,
      seriesUid: header.seriesInstanceUid as string,
      attributes: toHex(attributesRoot(salted, salt)),
    },
    attributes: {
      salt: toHex(salt),
      digests: Object.fromEntries([...salted].map(([path, digest]) => [path, toHex(digest)])),
    },
  };
}
