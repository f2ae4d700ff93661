// A node that is open in this process: how it is asked for, and what it has.
import type { Trouble } from "@fiducial/api";
import type { Contract } from "@fiducial/contract";
import type { LogReader, Publication, Replica, Store } from "@fiducial/ledger";
import type { Projection } from "@fiducial/projection";
import type { Vault } from "@fiducial/vault";
import type { AccessRecorder } from "./access/recorder.ts";
import type { ConnectionBoard } from "./connections/connection-board.ts";
import type { RunningConnection } from "./connections/connection-rooms.ts";
import type { DataFolder, FolderIdentity } from "./folder/data-folder.ts";
import type { NewActor } from "./founding/members.ts";
import type { Clock } from "./intake/clock.ts";
import type { FingerprintPool } from "./intake/fingerprint-pool.ts";
import type { Inbox } from "./intake/inbox.ts";
import type { FolderIntakeResult, IntakeWatch } from "./intake/ingest.ts";
import type { Intake } from "./intake/intake.ts";
import type { InboxChoices } from "./intake/intake-rooms.ts";
import type { Registrations } from "./intake/registrations.ts";
import type { Logs } from "./logs/logs.ts";
import type { Stops } from "./logs/stops.ts";
import type { ObjectReader } from "./objects/object-reader.ts";
import type { ObjectStore } from "./objects/object-store.ts";
import type { Operations } from "./operations/operations.ts";
import type { Pacs } from "./pacs/pacs.ts";
import type { PacsOptions } from "./pacs/pacs-options.ts";
import type { Projector } from "./projector.ts";
import type { Receipts } from "./receipts/issued-receipts.ts";
import type { TakeStatements } from "./statements/submission.ts";
import type { FolderAudit } from "./verification/audit-logs.ts";
import type { FileVerification } from "./verification/verify-files.ts";
import type { FolderWitnesses } from "./witnesses/folder-witnesses.ts";

/** How to open a node. */
export interface NodeOptions {
  readonly data: string;
  readonly keys?: string | undefined;
  /** Makes the folder when it is not there. */
  readonly create?: boolean;
  readonly organizationName?: string | undefined;
  /** Marks a folder that is made now as the demonstration's. */
  readonly demo?: boolean | undefined;
  /** When the story begins of a demonstration that is made now: UTC, as statements write it. */
  readonly storyBegins?: string | undefined;
  /** Worker threads for fingerprints and for signatures; as many as there are processors, unless told. */
  readonly threads?: number | undefined;
  /** How the inbox differs from the usual. */
  readonly inbox?: InboxChoices | undefined;
  /** The PACS that keeps the bytes of what is registered. */
  readonly pacs?: PacsOptions | undefined;
  readonly nowMs?: () => number;
}

/** A node that is open in this process. */
export interface OpenNode {
  readonly folder: DataFolder;
  readonly identity: FolderIdentity;
  readonly store: Store;
  readonly reader: LogReader;
  readonly replica: Replica;
  readonly publication: Publication;
  readonly projection: Projection;
  readonly projector: Projector;
  readonly vault: Vault;
  readonly objects: ObjectStore;
  /** The door to the bytes of registered objects, wherever they are kept. */
  readonly objectReader: ObjectReader;
  /** The PACS behind, if there is one. */
  readonly pacs: Pick<Pacs, "instancesOf"> | undefined;
  /** Lets go of what the PACS is seen to hold, until it is closed; undefined without a PACS. */
  startReleasing(clock?: Clock): RunningConnection | undefined;
  readonly fingerprints: FingerprintPool;
  readonly receipts: Receipts;
  /** The log that grows, and those that recoveries ended. */
  readonly logs: Logs;
  /** Records reads before they are answered. */
  readonly access: AccessRecorder;
  /** What the node's people do with it. */
  readonly operations: Operations;
  /** Takes in files, folders, DICOMDIRs. One at a time; others wait. */
  ingest(paths: readonly string[], watch?: IntakeWatch): Promise<FolderIntakeResult>;
  /** Opens an intake whose files come one by one. */
  openIntake(): Intake;
  /** Through which everything comes in that others send. */
  readonly inbox: Inbox;
  /** Hears of every intake that was registered, until the returned function is called. */
  readonly onRegistered: Registrations["onRegistered"];
  /** Where it comes from. */
  readonly connections: ConnectionBoard;
  verify(file: string): Promise<FileVerification>;
  /** Takes statements that others signed. */
  readonly submit: TakeStatements;
  /** The contract that decides what the log is told next. Throws CONTRACT_UNKNOWN. */
  contract(): Contract;
  /** The clock by which the log records. */
  nowMs(): number;
  /** Registers a device, a person, software or an AI product of the organization, and resolves with its actor id. */
  registerActor(actor: NewActor): Promise<string>;
  /** Whom this log asks to witness it, and the witness that this node is for other logs. */
  readonly witnesses: Omit<FolderWitnesses, "close">;
  /** What of the log has stopped on an error. */
  stops(): Stops;
  /** What is wrong with parts that are opened after it: each adds what tells of itself. */
  readonly troublesBesides: (() => readonly Trouble[])[];
  /** Whose word a verifier of this log's receipts takes, as text. */
  policy(): string;
  /** Audits every log of the folder, until `signal` is aborted. */
  audit(progress?: (done: number, total: number) => void, signal?: AbortSignal): Promise<FolderAudit>;
  /** Finishes what is under way, then closes everything. */
  close(): Promise<void>;
}
