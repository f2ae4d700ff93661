// What a node can refuse or fail to do beyond what ledger, vault and dicom say themselves.

/** Codes with their HTTP status and what to do. docs/errors.md is made of this. */
export const nodeErrors = {
  FOLDER_IN_USE: { http: 409, says: "Another process has this data folder open. Stop it, or talk to it with --node." },
  FOLDER_NEWER: {
    http: 409,
    says: "This data folder was written by a newer version of Fiducial. Install that version.",
  },
  FOLDER_FOREIGN: {
    http: 409,
    says: "This folder holds something else than a Fiducial node. Choose another with --data.",
  },
  FOLDER_MISSING: {
    http: 404,
    says: "There is no Fiducial data folder here. Ingest something first, or choose another with --data.",
  },
  FOLDER_NOT_WRITABLE: {
    http: 500,
    says: "The data folder cannot be written. Check its owner and permissions, or choose another with --data.",
  },
  KEYS_MISSING: {
    http: 500,
    says: "The keys of this data folder are not where they should be. Name their folder with --keys or FIDUCIAL_KEYS.",
  },
  PATH_UNREADABLE: {
    http: 400,
    says: "The file or folder cannot be read. Check that it is there and that you may read it.",
  },
  REGISTRATION_REFUSED: { http: 409, says: "The ledger refused the registration. Its code says why." },
  OBJECT_UNKNOWN: { http: 404, says: "No object with this SOP Instance UID is registered here." },
  STATEMENT_UNKNOWN: { http: 404, says: "No statement with that id is on this log." },
  ENTRY_UNKNOWN: { http: 404, says: "The log has no entry at that index." },
  STUDY_UNKNOWN: { http: 404, says: "No study with that handle is registered here." },
  SUBJECT_UNKNOWN: { http: 404, says: "Nothing is kept here about such a subject." },
  BAD_REQUEST: { http: 400, says: "The request does not fit the API. See docs/api." },
  NOT_ALLOWED: { http: 403, says: "You may not do this." },
  NOT_FOUND: { http: 404, says: "There is nothing at this address." },
  INTERNAL: {
    http: 500,
    says: "Something went wrong inside. Nothing acknowledged was lost; the log of the node says more.",
  },
} as const;

export type NodeErrorCode = keyof typeof nodeErrors;

/** Thrown by the node. `data` never holds patient data. */
export class NodeError extends Error {
  readonly code: NodeErrorCode;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: NodeErrorCode, data: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(nodeErrors[code].says, cause === undefined ? undefined : { cause });
    this.name = "NodeError";
    this.code = code;
    this.data = data;
  }
}
