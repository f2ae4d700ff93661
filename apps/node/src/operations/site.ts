// What operations work with: an open node from the inside.
import type { Vault } from "@fiducial/vault";
import type { DataFolder } from "../folder/data-folder.ts";
import type { Household } from "../founding/founding.ts";
import type { FingerprintPool } from "../intake/fingerprint-pool.ts";
import type { Logs } from "../logs/logs.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { Author } from "../statements/author.ts";
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
  /** One intake of paths at a time; what erases or corrects waits for it. */
  readonly intake: Turns;
  /** One study at a time, whichever intake it comes from. */
  readonly registering: Turns;
  nowMs(): number;
}

/** Runs an operation when no other one and no intake is under way, and resolves when every read model knows of it. */
export function alone<Result>(site: Site, work: () => Promise<Result>): Promise<Result> {
  const { operating, intake, registering, logs } = site;
  const informed = async () => {
    for (const log of logs.all) await log.caughtUp();
    const result = await work();
    await logs.current.caughtUp();
    return result;
  };
  return operating.take(() => intake.take(() => registering.take(informed)));
}
