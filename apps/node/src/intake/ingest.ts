// Takes files in: find, fingerprint in workers, gather by study, register. A bad file is listed and the rest goes on.
import { NodeError } from "../node-error.ts";
import type { FingerprintPool } from "./fingerprint-pool.ts";
import { objectFiles } from "./object-files.ts";
import type { RegisteredStudy, Registrar } from "./registrar.ts";
import type { StudyGatherer } from "./study-gatherer.ts";

/** A file that was not taken, and why. */
export interface RefusedPath {
  readonly file: string;
  readonly code: string;
  readonly message: string;
}

/** How far an intake is. */
export interface IntakeProgress {
  readonly found: number;
  readonly done: number;
  readonly refused: number;
  readonly bytes: number;
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
  gatherer(): StudyGatherer;
  readonly registrar: Registrar;
}

/** Objects that are gathered before studies are registered: enough for the largest study, few enough to hold. */
const mostWaiting = 20_000;

/** Takes in files, folders and DICOMDIRs. `study` is told of each study as it is registered. */
export async function ingest(
  rooms: IntakeRooms,
  paths: readonly string[],
  tell: { progress?(progress: IntakeProgress): void; study?(study: RegisteredStudy): void } = {},
): Promise<IntakeResult> {
  const { pool, objectFolder, registrar } = rooms;
  const gatherer = rooms.gatherer();
  const studies: RegisteredStudy[] = [];
  const refused: RefusedPath[] = [];
  const progress = { found: 0, done: 0, refused: 0, bytes: 0 };
  const underWay = new Set<Promise<void>>();

  function refuse(file: string, { code, message }: { code: string; message: string }): void {
    refused.push({ file, code, message });
    progress.refused++;
  }

  async function take(file: string): Promise<void> {
    const result = await pool.run(file, objectFolder);
    if ("refused" in result) refuse(file, result.refused);
    else {
      progress.bytes += result.object.fingerprint.sizeBytes;
      await gatherer.add(result.object);
    }
    progress.done++;
    tell.progress?.(progress);
  }

  async function settle(): Promise<void> {
    await Promise.all(underWay);
    for (const gathered of await gatherer.take()) {
      const registered = await registrar.register(gathered);
      studies.push(registered);
      tell.study?.(registered);
    }
  }

  for await (const found of objectFiles(paths)) {
    progress.found++;
    if ("unreadable" in found) {
      refuse(found.path, new NodeError("PATH_UNREADABLE"));
      continue;
    }
    const taken = take(found.path).finally(() => underWay.delete(taken));
    underWay.add(taken);
    if (underWay.size >= 2 * pool.threads) await Promise.race(underWay);
    if (gatherer.waiting() >= mostWaiting) await settle();
  }
  await settle();
  const sum = (of: (study: RegisteredStudy) => number) => studies.reduce((total, study) => total + of(study), 0);
  return { studies, instances: sum(({ instances }) => instances), known: sum(({ known }) => known), refused };
}
