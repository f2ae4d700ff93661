// Transfer syntaxes as the pixels see them: how frames are encoded, and whether samples survived. DICOM PS3.5 § 10 and Annex A, PS3.6 § A.

/** How the bytes of one frame are encoded. */
export type FrameEncoding =
  | "native"
  | "native-big-endian"
  | "deflated"
  | "rle"
  | "jpeg-dct"
  | "jpeg-lossless"
  | "jpeg-ls"
  | "jpeg-2000"
  | "htj2k"
  | "jpeg-xl";

/** Whether decoded samples equal the original ones: never for `lossy`, by the encoder's choice for `either`. */
export type Lossiness = "lossless" | "lossy" | "either" | "unknown";

/** Names the frame encoding of a transfer syntax, or returns undefined when nothing here decodes it. */
export function frameEncoding(transferSyntaxUid: string): FrameEncoding | undefined {
  return decodable.get(transferSyntaxUid)?.[0];
}

/** Tells whether a transfer syntax keeps samples exactly. Decoders of anything but `lossless` may differ by ±1, so their digests prove equality but never a difference. */
export function lossiness(transferSyntaxUid: string): Lossiness {
  return decodable.get(transferSyntaxUid)?.[1] ?? undecodable.get(transferSyntaxUid) ?? "unknown";
}

const dicom = "1.2.840.10008.1.2";

const decodable: ReadonlyMap<string, readonly [FrameEncoding, Lossiness]> = new Map([
  [dicom, ["native", "lossless"]], // Implicit VR Little Endian
  [`${dicom}.1`, ["native", "lossless"]], // Explicit VR Little Endian
  [`${dicom}.1.98`, ["native", "lossless"]], // Encapsulated Uncompressed Explicit VR Little Endian
  [`${dicom}.1.99`, ["native", "lossless"]], // Deflated Explicit VR Little Endian: the data set, not the frame, is deflated
  [`${dicom}.2`, ["native-big-endian", "lossless"]], // Explicit VR Big Endian (retired)
  [`${dicom}.5`, ["rle", "lossless"]], // RLE Lossless
  [`${dicom}.8.1`, ["deflated", "lossless"]], // Deflated Image Frame Compression
  [`${dicom}.4.50`, ["jpeg-dct", "lossy"]], // JPEG Baseline, process 1
  [`${dicom}.4.51`, ["jpeg-dct", "lossy"]], // JPEG Extended, processes 2 and 4
  [`${dicom}.4.57`, ["jpeg-lossless", "lossless"]], // JPEG Lossless, process 14
  [`${dicom}.4.70`, ["jpeg-lossless", "lossless"]], // JPEG Lossless, process 14, selection value 1
  [`${dicom}.4.80`, ["jpeg-ls", "lossless"]],
  [`${dicom}.4.81`, ["jpeg-ls", "either"]], // near-lossless, but a bound of 0 is allowed
  [`${dicom}.4.90`, ["jpeg-2000", "lossless"]],
  [`${dicom}.4.91`, ["jpeg-2000", "either"]],
  [`${dicom}.4.201`, ["htj2k", "lossless"]],
  [`${dicom}.4.202`, ["htj2k", "lossless"]],
  [`${dicom}.4.203`, ["htj2k", "either"]],
  [`${dicom}.4.110`, ["jpeg-xl", "lossless"]],
  [`${dicom}.4.111`, ["jpeg-xl", "lossy"]], // repacks a lossy JPEG, whose decoding is not exact
  [`${dicom}.4.112`, ["jpeg-xl", "either"]],
]);

const undecodable: ReadonlyMap<string, Lossiness> = new Map([
  // Retired JPEG processes: DCT-based first, then lossless ones
  ...["52", "53", "54", "55", "56", "59", "60", "61", "62", "63", "64"].map(
    (last) => [`${dicom}.4.${last}`, "lossy"] as const,
  ),
  ...["58", "65", "66"].map((last) => [`${dicom}.4.${last}`, "lossless"] as const),
  // JPEG 2000 Part 2, then JPIP, whose pixels are elsewhere
  [`${dicom}.4.92`, "lossless"],
  [`${dicom}.4.93`, "either"],
  ...["94", "95", "204", "205"].map((last) => [`${dicom}.4.${last}`, "either"] as const),
  // MPEG-2, MPEG-4 AVC and HEVC, plain and fragmentable
  ...["100", "101", "102", "103", "104", "105", "106", "107", "108"].flatMap((last) => [
    [`${dicom}.4.${last}`, "lossy"] as const,
    [`${dicom}.4.${last}.1`, "lossy"] as const,
  ]),
]);
