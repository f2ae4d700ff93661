// The door of dicom: what other packages may use. Files of the file system come in by a door of their own, @fiducial/dicom/file.

export type { AttributeChange } from "./comparison/attribute-changes.ts";
export { type AttributeClass, attributeClass } from "./comparison/attribute-classes.ts";
export { type CoercibleWhen, coercibleAttributes } from "./comparison/coercible-attributes.ts";
export {
  type Comparison,
  compare,
  type Difference,
  type RegisteredVersion,
  type Verdict,
} from "./comparison/comparison.ts";
export type { RegisteredFingerprint, UndecidedReason } from "./comparison/pictures.ts";
export { characterSetsOf } from "./comparison/readable-form.ts";
export type { RegisteredAttributes } from "./comparison/registered-attributes.ts";
export { DicomError, type DicomErrorCode, type DicomErrorPlace, dicomErrors } from "./dicom-error.ts";
export {
  attributeName,
  type DictionaryEntry,
  dictionaryEntry,
  keywordOf,
  tagOfKeyword,
} from "./dictionary/dictionary.ts";
export { type Tag, tagText } from "./dictionary/tag.ts";
export {
  type AttributeDigests,
  attributesRoot,
  formatAttributeDigests,
  parseAttributeDigests,
  saltedAttributes,
} from "./fingerprint/attribute-digests.ts";
export { attributePath, readAttributePath } from "./fingerprint/attribute-key.ts";
export { type CanonicalAttribute, readCanonicalHeader, readItems } from "./fingerprint/canonical-attributes.ts";
export { datasetDigest } from "./fingerprint/dataset-digest.ts";
export { fileDigest } from "./fingerprint/file-digest.ts";
export {
  type Fingerprint,
  type FingerprintedObject,
  type FingerprintOptions,
  fingerprint,
} from "./fingerprint/fingerprint.ts";
export { frameBytes, framePieces } from "./fingerprint/frame-bytes.ts";
export { type FrameLayout, layOutFrames } from "./fingerprint/frame-layout.ts";
export { describePixels, type PixelsUnavailable } from "./fingerprint/pixel-samples.ts";
export { schemes } from "./fingerprint/schemes.ts";
export { attributeText } from "./header/attribute-text.ts";
export { decodeText } from "./header/character-set.ts";
export { acquiredAt, type Header, headerOf, studyStartedAt } from "./header/header.ts";
export { offsetTime, offsetTimeOfDateTime } from "./header/offset-time.ts";
export { createPixelDecoder, type PixelDecoder, type PixelDecoderOptions } from "./pixels/pixel-decoder.ts";
export type { PixelDescription } from "./pixels/pixel-description.ts";
export { PixelError, type PixelErrorCode } from "./pixels/pixel-error.ts";
export { type ReadableSamples, readableSamples } from "./pixels/readable.ts";
export { type Lossiness, lossiness } from "./pixels/transfer-syntaxes.ts";
export { type ByteSource, blobSource, bytesSource } from "./reading/byte-source.ts";
export { type DirectoryEntry, readDirectory } from "./reading/directory.ts";
export type { DataSet, Element, HeaderStore, PixelData } from "./reading/element.ts";
export { type FileMeta, readFileMeta } from "./reading/file-meta.ts";
export { defaultLimits, type ReadingLimits } from "./reading/limits.ts";
export { type ReadingNote, readingNotes } from "./reading/notes.ts";
export { type DicomObject, readObject } from "./reading/object.ts";
export { isUid } from "./reading/uid.ts";
export type { AttributeSummary, ClassCount, NamedChange } from "./receipt-check/attribute-summary.ts";
export { type CheckedStep, type CheckStep, checkSteps } from "./receipt-check/check-steps.ts";
export {
  checkReceipts,
  type ReceiptCheck,
  type ReceiptCheckInput,
} from "./receipt-check/receipt-check.ts";
export { disclosedName, logKeeper } from "./receipt-check/record-names.ts";
export type { RegisteredObject } from "./receipt-check/registered-object.ts";
