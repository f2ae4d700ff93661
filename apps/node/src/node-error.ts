// What a node can refuse or fail to do beyond what ledger, vault and dicom say themselves.
import { type ApiProblemCode, apiProblems, type RequestFault } from "@fiducial/api";
import { type codeTables, refusalOf } from "@fiducial/contract";
import { dimseCodes } from "./connections/dimse/dimse-codes.ts";

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
  KEYS_IN_USE: {
    http: 409,
    says: "Another process signs with these keys. If this data folder is a copy of that one's, use that one, or stop its process first; a copy for trying out gets a copy of the keys, and any other folder keys of its own, with --keys.",
  },
  KEYS_NOT_WRITABLE: {
    http: 500,
    says: "The folder of the keys cannot be locked or written. Check its owner, its permissions, and whether its file system has locks.",
  },
  FOLDER_IS_BACKUP: {
    http: 409,
    says: "This folder is a backup, and stays one. Make a data folder of it with `fiducial restore`.",
  },
  DEMO_ISSUER_IN_PRODUCTION: {
    http: 500,
    says: "In production nobody signs in by choosing who to be. Configure an issuer of OpenID Connect.",
  },
  DEMO_ISSUER_EXPOSED: {
    http: 500,
    says: "The demonstration's sign-in lets anybody in, and answers on this machine's loopback address only. Configure an issuer of OpenID Connect, or listen there.",
  },
  ISSUER_INSECURE: {
    http: 500,
    says: "In production the issuer and the node's own public address begin with https://.",
  },
  ROUTE_UNGUARDED: {
    http: 500,
    says: "A route was added that says of nobody whether they may ask. Nothing is served; give it a permission.",
  },
  CONFIGURATION_REFUSED: {
    http: 500,
    says: "The node does not start with this configuration. Every reason is told; `fiducial config check` tells them again.",
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
  PROTECTOR_MALFORMED: {
    http: 500,
    says: 'The file protector.json beside the keys is malformed. It names two commands: {"wrap": ["program", …], "unwrap": ["program", …]}.',
  },
  VAULT_MISSING: {
    http: 500,
    says: "The ledger is here and the vault that opens it is not. Bring vault.db back from the newest backup before anything else.",
  },
  POLICY_UNREADABLE: {
    http: 500,
    says: "A policy file in the data folder is malformed. Its line is named; see docs/formats/policy.md.",
  },
  PATH_UNREADABLE: {
    http: 400,
    says: "The file or folder cannot be read. Check that it is there and that you may read it.",
  },
  LISTED_FILE_MISSING: {
    http: 400,
    says: "A DICOMDIR lists this file, and it is not there. Bring the whole medium.",
  },
  OBJECT_NO_ROOM: {
    http: 507,
    says: "The file is larger than the room that is left on the disk of the data folder. Free space, and take it in again.",
  },
  OBJECT_TOO_LARGE: { http: 413, says: "The object is larger than any that the node takes. It stays where it is." },
  FILE_NOT_REMOVED: {
    http: 500,
    says: "An object of a watched folder was taken in, and its file cannot be removed. Allow the node to write to the folder.",
  },
  CONNECTION_SILENT: {
    http: 504,
    says: "The test of the connection had no answer in time. Look whether the machine, or the disk of the network, hangs.",
  },
  FEED_UNREACHABLE: {
    http: 502,
    says: "The feed does not answer. Check its address and whether it runs; it is asked again by itself.",
  },
  FEED_DENIED: { http: 502, says: "The feed refuses the user or the password. Check both." },
  FEED_FOREIGN: {
    http: 502,
    says: "What answers at the feed's address is no Orthanc, or leads elsewhere, where the node does not go. Check the address.",
  },
  FEED_FAILED: { http: 502, says: "The feed answers with an error of its own. Look at its log; it is asked again." },
  FEED_RESTARTING: {
    http: 502,
    says: "The feed was begun anew several times within an hour. Look whether it loses what it has; it is read from its beginning, rarer and rarer.",
  },
  FEED_ADDRESS_REFUSED: {
    http: 400,
    says: "A feed's address begins with http:// or https://, holds no password, and leads to no link-local machine. Correct it.",
  },
  PACS_ADDRESS_REFUSED: {
    http: 400,
    says: "The PACS's addresses begin with http:// or https://, hold no password, and lead to no link-local machine. Correct them.",
  },
  REGISTRATION_REFUSED: { http: 409, says: "The ledger refused the registration. Its code says why." },
  SUBJECT_UNKNOWN: { http: 404, says: "Nothing is kept here about such a subject." },
  SUBJECT_AMBIGUOUS: {
    http: 409,
    says: "Several subjects have this patient id, each by another issuer. Name the issuer too.",
  },
  PATIENT_SAME: { http: 409, says: "The study is that patient's already. There is nothing to correct." },
  HOLD_NOT_NAMED: { http: 400, says: "The study has several holds. Name the one that is meant." },
  KIND_HAS_COMMAND: {
    http: 409,
    says: "This kind says what a command of its own does. State it with that one; see `fiducial state --help`.",
  },
  SUBJECT_NOT_ONE: {
    http: 409,
    says: "Sealed fields are kept with the one patient whom they are about; the studies named are of nobody known here, or of several. Name one patient's studies, or seal nothing.",
  },
  DEVICE_INCOMPLETE: {
    http: 400,
    says: "A device is found by manufacturer, model and serial number together. Give all three as its images have them: (0008,0070), (0008,1090), (0018,1000).",
  },
  DEVICE_KNOWN: {
    http: 409,
    says: "A device with this manufacturer, model and serial number is registered. See `fiducial devices list`.",
  },
  MEMBER_UNKNOWN: { http: 404, says: "The organization has no such person on this log." },
  KEY_FILE_EXISTS: { http: 409, says: "There is a file in the key file's place. Choose another path." },
  KEY_FILE_MISSING: { http: 404, says: "The key file is not there, or cannot be read." },
  KEY_FILE_MALFORMED: { http: 400, says: "This is no key file of a member, or a damaged one." },
  KEY_FILE_PERMISSIONS: { http: 403, says: "Others may read the key file. Allow its owner only (mode 0600)." },
  KEY_FILE_NOT_WRITABLE: { http: 500, says: "The key file cannot be written. Check its folder and permissions." },
  KEY_FILE_FOREIGN: { http: 409, says: "The key file belongs to a member of another organization." },
  PASSPHRASE_NEEDED: { http: 400, says: "The key file is protected by a passphrase. Give it." },
  PASSPHRASE_WRONG: { http: 403, says: "The passphrase does not open the key file." },
  CHECKPOINT_MISSING: {
    http: 404,
    says: "The log ended before a checkpoint over this entry was signed: there is nothing that proves it to others.",
  },
  BACKUP_PLACE_TAKEN: {
    http: 409,
    says: "The backup's place holds something else, or lies inside the data folder. Choose another.",
  },
  BACKUP_NOT_WRITABLE: {
    http: 500,
    says: "The backup cannot be written. Check its folder, its permissions and the disk.",
  },
  BACKUP_INCOMPLETE: {
    http: 500,
    says: "The backup does not hold what it should: it was given up, and the one before is as it was.",
  },
  BACKUP_UNREADABLE: { http: 400, says: "This is no backup of a Fiducial node, or not a whole one." },
  NODE_STOPPED: { http: 503, says: "The node that has the folder open has stopped. Ask again." },
  FOLDER_NOT_EMPTY: {
    http: 409,
    says: "The data folder is not empty. Restore to another, or move this one away first.",
  },
  RECOVERY_NOT_NEEDED: {
    http: 409,
    says: "The ledger holds everything that its key has signed. There is nothing to recover from.",
  },
  ...dimseCodes,
} as const;

/** Codes with which the contract refuses an act. */
export type RefusalCode = {
  [Room in keyof typeof codeTables]: keyof (typeof codeTables)[Room]["refusals"];
}[keyof typeof codeTables];

/** The node's own codes, those of the HTTP surface, and the contract's refusals. */
export type NodeErrorCode = keyof typeof nodeErrors | ApiProblemCode | RefusalCode;

/** What an error brings besides its code; faults with REQUEST_INVALID alone. */
export type NodeErrorData = Readonly<Record<string, string | number | readonly RequestFault[]>>;

/** Thrown by the node. `data` never holds patient data. */
export class NodeError extends Error {
  readonly code: NodeErrorCode;
  readonly data: NodeErrorData;

  constructor(code: NodeErrorCode, data: NodeErrorData = {}, cause?: unknown) {
    super(nodeSentence(code) ?? code, cause === undefined ? undefined : { cause });
    this.name = "NodeError";
    this.code = code;
    this.data = data;
  }
}

/** The sentence of a code of the node's tables; undefined for others. */
export function nodeSentence(code: string): string | undefined {
  const tables: readonly Readonly<Record<string, { readonly says: string }>>[] = [nodeErrors, apiProblems];
  const table = tables.find((one) => Object.hasOwn(one, code));
  return table === undefined ? refusalOf(code)?.says : table[code]?.says;
}
