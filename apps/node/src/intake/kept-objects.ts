// Objects that are kept before they are registered: whose they are, and how they go when nobody registers them.
import type { ObjectStore } from "../objects/object-store.ts";
import type { StudyGatherer } from "./study-gatherer.ts";

/** What the intakes of a node keep. */
export interface KeptObjects {
  /** Does work during which an object is kept and then noted. */
  whileKeeping<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Notes that an intake has kept an object. */
  note(gatherer: StudyGatherer, file: string): void;
  /** Says that everything a gatherer had is registered, but for these files: they go, unless they are registered or another has them too. */
  settled(gatherer: StudyGatherer, unsure: readonly string[]): Promise<void>;
  /** Takes away what waits in a gatherer, but for objects that are registered or that another has too. */
  giveUp(gatherer: StudyGatherer): Promise<void>;
  /** Takes away what nobody holds any more, but for objects that are registered or that an intake has. */
  release(files: readonly string[]): Promise<void>;
  /** Lets go of the bytes of registered objects that the PACS keeps, but for those that are being taken in again. Resolves with those that it let go of. */
  letGo(files: readonly string[]): Promise<readonly string[]>;
}

type Store = Pick<ObjectStore, "remove" | "registered" | "unregistered" | "has" | "release">;

/**
 * Watches over the objects of a store, after it has cleared away what a stopped process kept and never registered. What `isHeld` stays: it was acknowledged, and is
 * registered later.
 */
export function keptObjects(
  objects: Store,
  isRegistered: (file: string) => boolean,
  isHeld: (file: string) => boolean = () => false,
): KeptObjects {
  const files = new Map<StudyGatherer, Set<string>>();
  const keeping = new Set<Promise<unknown>>();
  let alone: Promise<unknown> = Promise.resolve();

  // An object stands under its digest a moment before it is noted: nothing is taken away meanwhile.
  function whenNobodyKeeps<Result>(work: () => Promise<Result> | Result): Promise<Result> {
    const done = alone.then(async () => {
      await Promise.allSettled(keeping);
      return work();
    });
    alone = done.catch(() => {});
    return done;
  }

  const isComing = (file: string) => isHeld(file) || [...files.values()].some((others) => others.has(file));

  function drop(unsettled: Iterable<string>): void {
    for (const file of unsettled) {
      if (isRegistered(file)) objects.registered([file]);
      else if (!isComing(file)) objects.remove([file]);
    }
  }

  // Whatever destroyed an object meanwhile took its bytes first.
  function letGoNow(settled: readonly string[]): readonly string[] {
    const free = settled.filter((file) => objects.has(file) && isRegistered(file) && !isComing(file));
    if (free.length > 0) objects.release(free);
    return free;
  }

  function forget(gatherer: StudyGatherer): ReadonlySet<string> {
    const noted = files.get(gatherer) ?? new Set();
    files.delete(gatherer);
    return noted;
  }

  drop(objects.unregistered());
  return {
    whileKeeping: async (work) => {
      for (let waitedFor: unknown; waitedFor !== alone; ) {
        waitedFor = alone;
        await alone;
      }
      const kept = work();
      keeping.add(kept);
      try {
        return await kept;
      } finally {
        keeping.delete(kept);
      }
    },

    note: (gatherer, file) => void files.set(gatherer, (files.get(gatherer) ?? new Set()).add(file)),

    settled: async (gatherer, unsure) => {
      const left = new Set(unsure);
      objects.registered([...forget(gatherer)].filter((file) => !left.has(file)));
      if (left.size > 0) await whenNobodyKeeps(() => drop(left));
    },

    giveUp: (gatherer) =>
      whenNobodyKeeps(async () => {
        try {
          for (const { headers } of await gatherer.take()) await headers.discard();
        } finally {
          drop(forget(gatherer));
        }
      }),

    release: (unheld) => whenNobodyKeeps(() => drop(unheld)),

    letGo: (settled) => whenNobodyKeeps(() => letGoNow(settled)),
  };
}
