// What a node can refuse or fail to do beyond what ledger, vault and dicom say themselves.
import { type ApiProblemCode, apiProblems } from "@fiducial/api";
import { refusalOf } from "@fiducial/contract";

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
  POLICY_UNREADABLE: {
    http: 500,
    says: "A policy file in the data folder is malformed. Its line is named; see docs/formats/policy.md.",
  },
  PATH_UNREADABLE: {
    http: 400,
    says: "The file or folder cannot be read. Check that it is there and that you may read it.",
  },
  REGISTRATION_REFUSED: { http: 409, says: "The ledger refused the registration. Its code says why." },
  SUBJECT_UNKNOWN: { http: 404, says: "Nothing is kept here about such a subject." },
} as const;

/** The node's own codes, those of the HTTP surface, and two of the contract's that reads meet as well. */
export type NodeErrorCode = keyof typeof nodeErrors | ApiProblemCode | "STUDY_UNKNOWN" | "STATEMENT_UNKNOWN";

/** Thrown by the node. `data` never holds patient data. */
export class NodeError extends Error {
  readonly code: NodeErrorCode;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: NodeErrorCode, data: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(sentenceOf(code), cause === undefined ? undefined : { cause });
    this.name = "NodeError";
    this.code = code;
    this.data = data;
  }
}

function sentenceOf(code: NodeErrorCode): string {
  const row =
    (nodeErrors as Record<string, { says: string }>)[code] ??
    (apiProblems as Record<string, { says: string }>)[code] ??
    refusalOf(code);
  return row?.says ?? code;
}
