// How a connection stands: what came from where, what was refused, and what is wrong.

/** By what objects come in. */
export type ConnectionType = "dimse" | "stow" | "folder" | "orthanc" | "pacs";

/** What ids of connections are made of. */
export const connectionId = /^[a-z0-9:._-]{1,80}$/;

/** A connection, for the board: `id` is stable and matches `connectionId`, `name` is for operators. */
export interface Connection {
  readonly id: string;
  readonly type: ConnectionType;
  readonly name: string;
  /** Where it is asked or called, if it is. */
  readonly place?: SystemPlace;
  /** Whether the node's configuration names it; what the node asks by itself always is. */
  readonly configured?: boolean;
}

/** Where a system is, as the configuration has it. */
export interface SystemPlace {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** Where this node takes objects by DICOM, as it is to be entered at whoever sends. */
export interface Listening {
  readonly aeTitle: string;
  /** The address that it listens at, perhaps all of a family. */
  readonly host: string;
  readonly port: number;
  readonly tls: "none" | "server" | "both";
  /** AE titles that may send; without, any may. */
  readonly callers?: readonly string[];
}

/** What is kept here beside a PACS: registered objects that it was not seen to hold yet, those that it gives otherwise than they were registered, and those that stay for good. */
export interface ReleaseStanding {
  readonly waiting: number;
  readonly altered: number;
  readonly kept: number;
}

/** A registered object that a PACS gave otherwise than it was registered: its file's digest, its study's handle, and how it differs. */
export interface DifferingCopy {
  readonly digest: string;
  readonly study: string;
  readonly code: string;
}

/** How a connection stands. Times are POSIX milliseconds. */
export interface ConnectionStanding extends Connection {
  /** `idle` until something is known of it. */
  readonly state: "works" | "failed" | "idle";
  /** Since when it is in that state. */
  readonly sinceMs: number;
  /** What of the objects that a PACS is to keep is still kept here. */
  readonly releases?: ReleaseStanding;
  /** Of a PACS: what it gave otherwise than registered when it was asked last, kept here or not. */
  readonly differing?: readonly DifferingCopy[];
  /** Objects that were taken, and those refused. */
  readonly received: number;
  readonly refused: number;
  readonly bytes: number;
  readonly lastObjectMs?: number;
  readonly lastError?: { readonly code: string; readonly atMs: number };
  /** Objects that were taken since. */
  readonly receivedSinceError?: number;
  readonly canTest: boolean;
  /** The newest test: when it ended, how long it took, and what it failed with. */
  readonly lastTest?: { readonly atMs: number; readonly tookMs: number; readonly code?: string };
}

/** An object that was refused: from where, why and when; never which. */
export interface Refusal {
  readonly connection: string;
  readonly code: string;
  readonly atMs: number;
}
