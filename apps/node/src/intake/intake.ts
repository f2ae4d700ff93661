// One intake: files come in one by one, from a folder or over the network; studies are registered when it settles.
import type { FingerprintPool } from "./fingerprint-pool.ts";
import type { RefusedFile, SaltedObject } from "./fingerprint-work.ts";
import type { KeptObjects } from "./kept-objects.ts";
import type { RegisteredStudy, Registrar } from "./registrar.ts";
import type { Registrations } from "./registrations.ts";
import type { StudyGatherer } from "./study-gatherer.ts";

/** A file that was not taken, and why. */
export interface RefusedPath extends RefusedFile {
  readonly file: string;
}

export interface IntakeResult {
  readonly studies: readonly RegisteredStudy[];
  /** Objects registered now. */
  readonly instances: number;
  /** Objects that were registered before. */
  readonly known: number;
  readonly refused: readonly RefusedPath[];
}

/** What an intake works with. */
export interface IntakeRooms {
  readonly pool: FingerprintPool;
  readonly objectFolder: string;
  readonly kept: KeptObjects;
  gatherer(): StudyGatherer;
  readonly registrar: Registrar;
  /** Hears what was registered. */
  readonly registered: Registrations["tell"];
}

/** A file to take. */
export interface IncomingFile {
  readonly path: string;
  /** What the file is called when it has to be named; its path, unless told. */
  readonly name?: string;
  /** True when it lies in the store's incoming folder already and may be moved from there. */
  readonly received?: boolean;
}

export interface Intake {
  /** Takes one file, and resolves with its size, or with why it was refused. */
  take(file: IncomingFile): Promise<{ readonly sizeBytes: number } | { readonly refused: RefusedPath }>;
  /** Takes an object whose file lies in the store under its digest already, and cannot go meanwhile. `name` names it, should it be refused. */
  gather(object: SaltedObject, name: string): Promise<void>;
  /** Objects taken and not registered yet. */
  waiting(): number;
  /** Registers the studies of everything taken so far. What the ledger refuses is listed; the rest goes on. */
  settle(): Promise<readonly RegisteredStudy[]>;
  /** Gives up what was taken and not registered: nothing of it stays. */
  abandon(): Promise<void>;
  result(): IntakeResult;
}

/** Opens an intake. */
export function openIntake(rooms: IntakeRooms): Intake {
  const { pool, objectFolder, kept, gatherer: newGatherer, registrar } = rooms;
  const gatherer = newGatherer();
  const studies: RegisteredStudy[] = [];
  const refused: RefusedPath[] = [];
  let refusedTold = 0;

  function refuse(file: string, { code, message }: RefusedFile): { refused: RefusedPath } {
    const path = { file, code, message };
    refused.push(path);
    return { refused: path };
  }

  async function gather(object: SaltedObject, name: string): Promise<void> {
    kept.note(gatherer, object.fingerprint.file);
    await gatherer.add(object, name);
  }

  async function takeNow({ path, name = path, received = false }: IncomingFile): ReturnType<Intake["take"]> {
    const result = await pool.run(path, { folder: objectFolder, received });
    if ("refused" in result) return refuse(name, result.refused);
    await gather(result.object, name);
    return { sizeBytes: result.object.fingerprint.sizeBytes };
  }

  async function settleNow(): Promise<{ registered: RegisteredStudy[]; unsure: string[] }> {
    const registered: RegisteredStudy[] = [];
    const unsure: string[] = [];
    for (const gathered of await gatherer.take()) {
      const outcome = await registrar.register(gathered);
      // What was registered before may have been destroyed since.
      unsure.push(...gathered.known.map(({ file }) => file));
      if ("refused" in outcome) {
        for (const name of [...gathered.files, ...gathered.known.map((known) => known.name)])
          refuse(name, outcome.refused);
        unsure.push(...gathered.records.map(({ file }) => file));
      } else registered.push(outcome);
    }
    studies.push(...registered);
    return { registered, unsure };
  }

  return {
    take: (file) => kept.whileKeeping(() => takeNow(file)),
    gather,
    waiting: () => gatherer.waiting(),
    settle: async () => {
      const begunMs = performance.now();
      const { registered, unsure } = await settleNow();
      await kept.settled(gatherer, unsure);
      rooms.registered({
        studies: registered.length,
        objects: registered.reduce((sum, { instances }) => sum + instances, 0),
        refused: refused.length - refusedTold,
        durationMs: performance.now() - begunMs,
      });
      refusedTold = refused.length;
      return registered;
    },
    abandon: () => kept.giveUp(gatherer),

    result: () => {
      const sum = (of: (study: RegisteredStudy) => number) => studies.reduce((total, study) => total + of(study), 0);
      return { studies, instances: sum(({ instances }) => instances), known: sum(({ known }) => known), refused };
    },
  };
}
