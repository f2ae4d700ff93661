// What commands need of a ledger, wherever it is: in a folder that this process opens, or behind a node's address.
import type {
  AccessesQuery,
  AccessPage,
  EntriesQuery,
  EntryDetail,
  EntryPage,
  Health,
  NewTokenClient,
  TokenClient,
  TokenClientAdded,
} from "@fiducial/api";
import type { FileVerification, FolderIntakeResult, IntakeProgress, RegisteredStudy } from "@fiducial/node";

/** How an audit came out: what was found of the log that grows, or the first thing that does not hold. A node may leave out what says of which log. */
export type AuditResult = (
  | {
      readonly ok: true;
      readonly size: number;
      readonly rootHash: string;
      readonly stateDigest: string;
      readonly checkpoints: number;
    }
  | {
      readonly ok: false;
      readonly firstBad: { readonly index: number | null; readonly code: string; readonly object?: string };
    }
) & {
  readonly origin?: string;
  /** Logs that recoveries ended, and that hold. */
  readonly ended?: readonly { readonly origin: string; readonly size: number; readonly rootHash: string }[];
};

/** How many files there are, and how large they are together. */
export interface FilesTotal {
  readonly files: number;
  readonly bytes: number;
}

/** Who is told of an intake as it goes. */
export interface IntakeWatch {
  /** `total` is how much there is in all, once it has been counted, if it is. */
  progress(progress: IntakeProgress & { readonly total: FilesTotal | undefined }): void;
  /** Whether to count the files first: worth it only for somebody who looks on. */
  readonly counted: boolean;
  study(study: RegisteredStudy): void;
  /** Aborted, no further file is taken; those taken are registered. */
  readonly signal: AbortSignal;
}

/** An object of a statement's manifest, for a receipt to show. */
export interface ObjectOfReceipt {
  readonly item: number;
  /** Whether digests of its attributes go along. */
  readonly attributes: boolean;
}

/** A ledger, open. Where it answers what the HTTP surface answers, it does so in the same shapes. */
export interface Ledger {
  /** Takes in files, folders, DICOMDIRs. */
  ingest(paths: readonly string[], watch: IntakeWatch): Promise<FolderIntakeResult>;
  /** Verifies files, and the files of folders and DICOMDIRs, in order. `read` is told a few times a second how many bytes were read. */
  verify(paths: readonly string[], read?: (bytes: number) => void): AsyncIterable<FileVerification>;
  /** The exact text of a statement's receipt. Throws STATEMENT_UNKNOWN. */
  receipt(statementId: string, objects: readonly ObjectOfReceipt[]): Promise<string>;
  /** Codes of what whoever hands the receipt on should know of its study; only where this process has the folder open. */
  notices(statementId: string): readonly string[];
  /** The trust policy's text. */
  policy(): Promise<string>;
  /** Re-checks everything the ledger holds. What `progress` throws ends it. */
  audit(progress: (done: number, total: number) => void): Promise<AuditResult>;
  health(): Promise<Health>;
  entries(query: EntriesQuery): Promise<EntryPage>;
  entry(index: number): Promise<EntryDetail>;
  /** Machines that may ask the node. */
  readonly machines: {
    add(machine: NewTokenClient): Promise<TokenClientAdded>;
    list(): Promise<readonly TokenClient[]>;
    /** Throws CLIENT_UNKNOWN. */
    revoke(client: string): Promise<TokenClient>;
  };
  /** Who was shown what; asking is recorded. */
  accesses(query: AccessesQuery): Promise<AccessPage>;
  /** The data folder, as a full path where this process has it open; undefined when only a node's address is known. */
  readonly folder: string | undefined;
  /** The address of the node that answers; undefined when this process does. */
  readonly node: string | undefined;
  /** Finishes what is under way and lets go. */
  close(): Promise<void>;
}
