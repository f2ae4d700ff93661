// Tags: group and element in one number, and the tags that this package asks for by name. DICOM PS3.5 § 7.1, PS3.6.

/** Group · 65536 + element: tags compare as numbers. */
export type Tag = number;

/** The tags that have a meaning to the code; all others are data. */
export const tags = {
  mediaStorageSopClassUid: 0x00020002,
  mediaStorageSopInstanceUid: 0x00020003,
  transferSyntaxUid: 0x00020010,
  directoryRecordSequence: 0x00041220,
  directoryRecordType: 0x00041430,
  referencedFileId: 0x00041500,
  referencedSopInstanceUidInFile: 0x00041511,
  lengthToEnd: 0x00080001,
  specificCharacterSet: 0x00080005,
  sopClassUid: 0x00080016,
  sopInstanceUid: 0x00080018,
  studyInstanceUid: 0x0020000d,
  seriesInstanceUid: 0x0020000e,
  samplesPerPixel: 0x00280002,
  photometricInterpretation: 0x00280004,
  planarConfiguration: 0x00280006,
  numberOfFrames: 0x00280008,
  rows: 0x00280010,
  columns: 0x00280011,
  bitsAllocated: 0x00280100,
  bitsStored: 0x00280101,
  highBit: 0x00280102,
  pixelRepresentation: 0x00280103,
  lossyImageCompression: 0x00282110,
  macParametersSequence: 0x4ffe0001,
  extendedOffsetTable: 0x7fe00001,
  extendedOffsetTableLengths: 0x7fe00002,
  encapsulatedPixelDataValueTotalLength: 0x7fe00003,
  floatPixelData: 0x7fe00008,
  doubleFloatPixelData: 0x7fe00009,
  pixelData: 0x7fe00010,
  digitalSignaturesSequence: 0xfffafffa,
  dataSetTrailingPadding: 0xfffcfffc,
  item: 0xfffee000,
  itemDelimitation: 0xfffee00d,
  sequenceDelimitation: 0xfffee0dd,
} as const satisfies Readonly<Record<string, Tag>>;

/** Returns the group number of `tag`. */
export function groupOf(tag: Tag): number {
  return tag >>> 16;
}

/** Returns the element number of `tag`. */
export function elementOf(tag: Tag): number {
  return tag & 0xffff;
}

/** Tells whether `tag` is private: its group is odd. PS3.5 § 7.8. */
export function isPrivate(tag: Tag): boolean {
  return (tag & 0x10000) !== 0;
}

/** Tells whether `tag` declares a private block: (gggg,0010) to (gggg,00FF) of an odd group. PS3.5 § 7.8.1. */
export function isPrivateCreator(tag: Tag): boolean {
  return isPrivate(tag) && elementOf(tag) >= 0x10 && elementOf(tag) <= 0xff;
}

/** Writes a tag as `gggg,eeee` in lower-case hex. */
export function tagText(tag: Tag): string {
  const digits = tag.toString(16).padStart(8, "0");
  return `${digits.slice(0, 4)},${digits.slice(4)}`;
}
