// What goes wrong with a DICOM object. An oddity that can be read without doubt is no error but a note: reading/notes.ts.

interface ErrorRow {
  /** What is wrong. */
  readonly says: string;
  /** What to do about it. */
  readonly todo: string;
}

const sendAgain =
  "Fetch or send the object again; if it stays like this, keep the file and ask the sending system's vendor.";

/** Every code of this package. Messages name no attribute value, so that no patient data gets into a log. */
export const dicomErrors = {
  EMPTY_FILE: { says: "There are no bytes.", todo: sendAgain },
  NOT_DICOM: { says: "The bytes are neither a DICOM file nor a bare DICOM data set.", todo: "Choose a DICOM file." },
  IS_DIRECTORY: {
    says: "This is a DICOMDIR, the directory of a medium, and not an object of a study.",
    todo: "Register the files it lists; readDirectory names them.",
  },
  NOT_A_DIRECTORY: { says: "This is a DICOM object and not a DICOMDIR.", todo: "Read it as an object." },
  TRUNCATED: { says: "The bytes end inside an element, or before a delimiter that must follow.", todo: sendAgain },
  LENGTH_BEYOND_END: { says: "The stated length of a value passes the end of what it is part of.", todo: sendAgain },
  MALFORMED_ELEMENT: { says: "What should be an element is none.", todo: sendAgain },
  MALFORMED_SEQUENCE: { says: "A sequence holds something other than items.", todo: sendAgain },
  MALFORMED_PIXEL_DATA: { says: "Encapsulated pixel data hold something other than fragments.", todo: sendAgain },
  SEVERAL_PIXEL_DATA: {
    says: "There is more than one pixel data element, so that nothing says which is the image.",
    todo: sendAgain,
  },
  NESTED_TOO_DEEP: {
    says: "Sequences are nested deeper than this reader follows.",
    todo: "It is beyond what is read safely, whoever sends it. If it is sound, have its source write it anew, in smaller parts or another encoding.",
  },
  HEADER_TOO_LARGE: {
    says: "The attributes other than pixel data and bulk values take more room than this reader gives.",
    todo: "It is beyond what is read safely, whoever sends it. If it is sound, have its source write it anew, in smaller parts or another encoding.",
  },
  TOO_MANY_FRAMES: {
    says: "There are more frames or fragments than this reader counts.",
    todo: "It is beyond what is read safely, whoever sends it. If it is sound, have its source write it anew, in smaller parts or another encoding.",
  },
  DEFLATE_BOMB: {
    says: "The deflated data set grows beyond all measure when inflated.",
    todo: "It is beyond what is read safely, whoever sends it. If it is sound, have its source write it anew, in smaller parts or another encoding.",
  },
  DEFLATE_MALFORMED: { says: "The deflated data set cannot be inflated.", todo: sendAgain },
  NO_SOP_INSTANCE_UID: {
    says: "The data set has no SOP Instance UID (0008,0018), so that nothing says which object it is.",
    todo: "Have the sending system add it: an object without it is not a DICOM object.",
  },
  UID_MALFORMED: {
    says: "The SOP Instance UID (0008,0018) is not made of digits and dots, or is longer than 64 characters.",
    todo: "Have the sending system correct it.",
  },
  CANONICAL_HEADER_MALFORMED: {
    says: "The bytes are not a canonical header.",
    todo: "Restore the header from a backup, or fingerprint the object again.",
  },
  SOURCE_CHANGED: {
    says: "The bytes changed, or could not all be read, while they were being read.",
    todo: "Wait until the object is completely written, then try again.",
  },
} as const satisfies Readonly<Record<string, ErrorRow>>;

/** Names what is wrong with an object. */
export type DicomErrorCode = keyof typeof dicomErrors;

/** Where: bytes from the start of the file, or of the inflated data set; the tag as `gggg,eeee` when one is known. */
export interface DicomErrorPlace {
  readonly offset?: number;
  readonly tag?: string;
}

/** Thrown for an object that cannot be read without doubt; the code says why, `place` where. */
export class DicomError extends Error {
  readonly code: DicomErrorCode;
  readonly place: DicomErrorPlace;

  constructor(code: DicomErrorCode, place: DicomErrorPlace = {}, options?: ErrorOptions) {
    const tag = place.tag === undefined ? "" : ` Element (${place.tag}).`;
    const offset = place.offset === undefined ? "" : ` Byte ${place.offset}.`;
    super(dicomErrors[code].says + tag + offset, options);
    this.name = "DicomError";
    this.code = code;
    this.place = place;
  }
}
