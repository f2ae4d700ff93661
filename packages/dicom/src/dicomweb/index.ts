// The door of DICOMweb's formats: multipart bodies, media types, the DICOM JSON Model. Pure and streaming, for server and browser alike.

export { headerJson } from "./header-json.ts";
export {
  type DicomJson,
  dicomJsonText,
  type JsonAttribute,
  type JsonName,
  type JsonValue,
  jsonTag,
  tagOfJson,
} from "./json-model.ts";
export { nameOf } from "./json-value.ts";
export { type AcceptedType, covers, type MediaType, parseAccept, parseMediaType } from "./media-type.ts";
export { frameMediaType, octetStream } from "./media-types-of-frames.ts";
export { MultipartError, type MultipartErrorCode, multipartErrors } from "./multipart-error.ts";
export { type MultipartPart, multipartParts } from "./multipart-parts.ts";
export type { MultipartLimits } from "./multipart-reader.ts";
export { multipartRelated, type WrittenPart, writeMultipart } from "./multipart-writer.ts";
export { type BulkValue, bulkValueAt, type ObjectJsonOptions, objectJson } from "./object-json.ts";
