// Oddities with which an object is read all the same, since they leave no doubt which object it is and what it holds.

/** Every note, with what it says of the object. */
export const readingNotes = {
  NO_PREAMBLE: "The file begins with DICM, without the 128 bytes before it.",
  NO_META: "There is no file meta information; the encoding was told from the first element.",
  META_GROUP_LENGTH_MISSING: "The file meta information does not begin with its length.",
  META_GROUP_LENGTH_WRONG: "The file meta information is shorter or longer than it says.",
  TRANSFER_SYNTAX_MISSING:
    "The file meta information names no transfer syntax; the encoding was told from the first element.",
  ENCODING_DIFFERS_FROM_META: "The data set is encoded otherwise than its transfer syntax says; it was read as it is.",
  DEFLATE_WITH_ZLIB_HEADER: "The deflated data set has a zlib header, which DICOM does not ask for.",
  SOP_UID_DIFFERS_FROM_META: "The SOP Instance UID differs from the one in the file meta information.",
  SOP_CLASS_DIFFERS_FROM_META: "The SOP Class UID differs from the one in the file meta information.",
  NO_SOP_CLASS_UID: "The SOP Class UID is missing or malformed.",
  NO_STUDY_UID: "The Study Instance UID is missing or malformed.",
  NO_SERIES_UID: "The Series Instance UID is missing or malformed.",
  GROUP_2_IN_DATA_SET: "Elements of the file meta information stand inside the data set; they are no part of it.",
  OUT_OF_ORDER: "Elements do not stand in the order of their tags.",
  DUPLICATE_ELEMENT: "An element stands more than once; all its values count.",
  UNKNOWN_VR: "An element has a value representation that is not one of PS3.5.",
  IMPLICIT_ELEMENT: "An element without value representation stands in an explicit data set.",
  EXPLICIT_IN_UNKNOWN: "A sequence sent as UN holds elements with value representations, against PS3.5 § 6.2.2.",
  STRAY_DELIMITER: "A delimiter stands where nothing is to be delimited.",
  MISSING_DELIMITER: "An item or a sequence of undefined length ends without its delimiter.",
  SEQUENCE_NOT_READABLE: "The value of an attribute that should be a sequence is none; it counts as bytes.",
  UNDEFINED_LENGTH_VALUE: "A value that cannot have undefined length has it; it was read as a sequence.",
  TRAILING_BYTES: "Bytes follow the data set that are no part of it.",
  TRAILING_ZEROS: "Nothing but zeros follows the data set.",
  PIXEL_DATA_TRUNCATED: "The pixel data end before their stated length, or without their delimiter.",
  PIXEL_DATA_EXCESS: "The pixel data are longer than the frames they announce; the rest counts as a frame of its own.",
  FRAME_SIZE_UNKNOWN: "The size of a frame cannot be told; all pixel data count as one frame.",
  FRAMES_FEWER_THAN_ANNOUNCED: "There are fewer frames than Number of Frames announces.",
  FRAMES_AMBIGUOUS: "Which fragments make up which frame cannot be told; each counts as a frame.",
  NUMBER_OF_FRAMES_INVALID: "Number of Frames is not a positive whole number; one frame is assumed.",
  OFFSET_TABLE_WRONG: "The offset table does not point at fragments; it was not used.",
} as const satisfies Readonly<Record<string, string>>;

/** Names an oddity. */
export type ReadingNote = keyof typeof readingNotes;
