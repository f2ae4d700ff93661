// What a statement about objects says: records for its manifest, open and sealed fields. docs/formats/manifest.md.
import { type Fingerprint, type Header, studyStartedAt } from "@fiducial/dicom";
import type { SaltedObject } from "./fingerprint-work.ts";

/** One object's record, as manifests hold it. */
export interface ObjectRecord
  extends Pick<
    Fingerprint,
    "file" | "dataset" | "frames" | "frameCount" | "pixels" | "transferSyntaxUid" | "sizeBytes"
  > {
  readonly sopInstanceUid: string;
  readonly sopClassUid: string;
  readonly seriesUid: string;
  /** Merkle root over the salted attribute digests, hex. */
  readonly attributes: string;
}

/** Makes an object's record. */
export function recordOf({ fingerprint, header, attributes }: SaltedObject): ObjectRecord {
  const { file, dataset, frames, frameCount, pixels, transferSyntaxUid, sizeBytes } = fingerprint;
  return {
    file,
    dataset,
    frames,
    frameCount,
    pixels,
    transferSyntaxUid,
    sizeBytes,
    sopInstanceUid: header.sopInstanceUid ?? "",
    sopClassUid: header.sopClassUid ?? "",
    seriesUid: header.seriesInstanceUid ?? "",
    attributes,
  };
}

/** What study-level sealed fields the first object's header gives. */
export function sealedFieldsOf(header: Header): {
  readonly subject?: { readonly issuer: string; readonly patientId: string };
  readonly studyUid: string;
  readonly accession?: string;
  readonly acquired?: string;
  readonly description?: string;
  readonly bodyPart?: string;
  readonly equipment?: Readonly<Record<string, string>>;
} {
  const equipment = present({
    manufacturer: header.manufacturer,
    model: header.model,
    serial: header.serialNumber,
    station: header.stationName,
  });
  return {
    studyUid: header.studyInstanceUid ?? "",
    ...(header.patientId === undefined
      ? {}
      : { subject: { issuer: header.issuerOfPatientId ?? "", patientId: header.patientId } }),
    ...present({
      accession: header.accessionNumber,
      acquired: studyStartedAt(header),
      description: header.studyDescription,
      bodyPart: header.bodyPart,
    }),
    ...(Object.keys(equipment).length === 0 ? {} : { equipment }),
  };
}

/** Modalities as statements may name them. */
export function modalitiesOf(modalities: Iterable<string | undefined>): string[] {
  const all = new Set<string>();
  for (const modality of modalities)
    if (modality !== undefined && /^[A-Z0-9_]{1,16}$/.test(modality)) all.add(modality);
  return [...all].sort().slice(0, 16);
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
