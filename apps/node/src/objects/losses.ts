// Objects that must be in the store and are not: those of statements on a log of which the vault keeps the manifest, as it does until they are destroyed.
import { setImmediate } from "node:timers/promises";
import { type Vault, VaultError } from "@fiducial/vault";
import type { ObjectRecord } from "../intake/study-records.ts";
import type { Logs } from "../logs/logs.ts";
import type { Journal } from "../operations/under-way.ts";
import type { ObjectStore } from "./object-store.ts";

/** An object that is not there; or manifests cannot be read, and whether all their objects are there is not known. */
export type Loss = { readonly code: "OBJECT_MISSING"; readonly object: string } | { readonly code: "VAULT_CORRUPT" };

/** Where losses are looked for. */
export interface LossRooms {
  readonly vault: Pick<Vault, "manifestsAfter" | "manifest">;
  readonly logs: Pick<Logs, "placeOf">;
  readonly objects: Pick<ObjectStore, "has" | "isReleased">;
  readonly journal: Pick<Journal, "read">;
}

const objectsInTurn = 256;

/** Finds them, in the order of registration; one that was registered several times may come as often. Others get turns, and `turn` is called in each. */
export async function* lossesIn(rooms: LossRooms, turn: () => void = () => {}): AsyncGenerator<Loss> {
  const { vault, logs, journal } = rooms;
  const going = studiesGoing(journal);
  try {
    for (let page = vault.manifestsAfter(0); page !== undefined; page = vault.manifestsAfter(page.last)) {
      if (page.isDamaged) yield { code: "VAULT_CORRUPT" };
      for (const { statement, study = "" } of page.statements)
        if (logs.placeOf(statement) !== undefined && !going.has(study)) yield* lossesOf(rooms, statement, turn);
      await setImmediate();
      turn();
    }
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown;
    yield { code: "VAULT_CORRUPT" };
  }
}

/** Studies whose bytes go first and the rest after: an operation that was begun and has not ended. */
export function studiesGoing(journal: Pick<Journal, "read">): ReadonlySet<string> {
  const work = journal.read();
  return new Set(work === undefined || work.operation === "correction" ? [] : work.studies);
}

/** Tells whether something was thrown because the vault is damaged. */
export function isCorrupt(thrown: unknown): boolean {
  return thrown instanceof VaultError && thrown.code === "VAULT_CORRUPT";
}

async function* lossesOf({ vault, objects }: LossRooms, statement: string, turn: () => void): AsyncGenerator<Loss> {
  let looked = 0;
  try {
    for (const { value } of vault.manifest(statement)) {
      const { file } = value as unknown as ObjectRecord;
      if (!objects.has(file) && !objects.isReleased(file)) yield { code: "OBJECT_MISSING", object: file };
      if (++looked % objectsInTurn !== 0) continue;
      await setImmediate();
      turn();
    }
  } catch (thrown) {
    if (!isCorrupt(thrown)) throw thrown;
    yield { code: "VAULT_CORRUPT" };
  }
}
