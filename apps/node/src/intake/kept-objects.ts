// Objects that are kept before they are registered: whose they are, and how they go when nobody registers them.
import type { Vault } from "@fiducial/vault";
import type { ObjectStore } from "../objects/object-store.ts";
import type { StudyGatherer } from "./study-gatherer.ts";

/** What the intakes of a node keep. */
export interface KeptObjects {
  /** Does work during which objects are kept that no vault knows of, for this gatherer. */
  whileKeeping<Result>(gatherer: StudyGatherer, work: () => Promise<Result>): Promise<Result>;
  /** Takes away what waits in a gatherer, but for objects that are registered or wait in another too. */
  giveUp(gatherer: StudyGatherer): Promise<void>;
}

/** Watches over the objects of a store. */
export function keptObjects(objects: Pick<ObjectStore, "remove">, vault: Pick<Vault, "versionsOf">): KeptObjects {
  const gatherers = new Set<StudyGatherer>();
  const keeping = new Set<Promise<unknown>>();
  let givingUp: Promise<unknown> = Promise.resolve();

  const isWanted = (file: string) =>
    vault.versionsOf({ file }).length > 0 || [...gatherers].some((other) => other.has(file));

  async function giveUpNow(gatherer: StudyGatherer): Promise<void> {
    // An object stands under its digest a moment before its gatherer has it: nothing is taken away meanwhile.
    await Promise.allSettled(keeping);
    for (const { headers, records } of await gatherer.take()) {
      await headers.discard();
      objects.remove(records.map(({ file }) => file).filter((file) => !isWanted(file)));
    }
    gatherers.delete(gatherer);
  }

  return {
    whileKeeping: async (gatherer, work) => {
      for (let waitedFor: unknown; waitedFor !== givingUp; ) {
        waitedFor = givingUp;
        await givingUp;
      }
      const kept = work();
      keeping.add(kept);
      gatherers.add(gatherer);
      try {
        return await kept;
      } finally {
        keeping.delete(kept);
        if (gatherer.waiting() === 0) gatherers.delete(gatherer);
      }
    },

    giveUp: (gatherer) => {
      const given = givingUp.then(() => giveUpNow(gatherer));
      givingUp = given.catch(() => {});
      return given;
    },
  };
}
