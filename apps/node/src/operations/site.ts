// What operations work with: an open node from the inside.
import type { ObjectStore } from "../objects/object-store.ts";
import type { FingerprintPool } from "../intake/fingerprint-pool.ts";
import type { DataFolder } from "../folder/data-folder.ts";
import type { Household } from "../founding/founding.ts";
import type { Logs } from "../logs/logs.ts";
import type { Author } from "../statements/author.ts";
import type { Vault } from "@fiducial/vault";
import type { ErasureRegister } from "./erasure-register.ts";
import type { Turns } from "./turns.ts";
import type { Journal } from "./under-way.ts";

export interface Site {
  readonly folder: DataFolder;
  readonly household: Household;
  /** Makes statements for the current log. */
  readonly author: Author;
  readonly logs: Logs;
  readonly vault: Vault;
  readonly objects: ObjectStore;
  readonly fingerprints: FingerprintPool;
  readonly erasures: ErasureRegister;
  readonly journal: Journal;
  /** One operation at a time. */
  readonly operating: Turns;
  /** One intake at a time; what erases waits for it. */
  readonly intake: Turns;
  nowMs(): number;
}
