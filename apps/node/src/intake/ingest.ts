// Takes files, folders and DICOMDIRs in: find, fingerprint in workers, gather by study, register. A bad file is listed and the rest goes on.
import { NodeError } from "../node-error.ts";
import { type Intake, type IntakeResult, type IntakeRooms, openIntake } from "./intake.ts";
import { filesAndMissing } from "./object-files.ts";
import type { RegisteredStudy } from "./registrar.ts";

/** How far an intake is. */
export interface IntakeProgress {
  readonly found: number;
  readonly done: number;
  readonly refused: number;
  /** Of the files that are done and were taken. */
  readonly bytes: number;
  /** Of all files, those under way among them. */
  readonly read: number;
}

/** Who is told of an intake as it goes: with each file, and while files are read, a few times a second. */
export interface IntakeWatch {
  progress?(progress: IntakeProgress): void;
  study?(study: RegisteredStudy): void;
  /** Aborted, no further file is taken; those taken are registered. */
  readonly signal?: AbortSignal;
}

/** What came of taking files and folders in. */
export interface FolderIntakeResult extends IntakeResult {
  /** Files that DICOMDIRs in the folders list and that are not there. Whoever named a DICOMDIR finds them refused. */
  readonly missing: readonly string[];
}

/** Objects that are gathered before studies are registered: enough for the largest study, few enough to hold. */
const mostWaiting = 20_000;

/** Takes in what lies at `paths`. */
export async function ingest(
  rooms: IntakeRooms,
  paths: readonly string[],
  watch: IntakeWatch = {},
): Promise<FolderIntakeResult> {
  const intake = openIntake(rooms);
  const unreadable: IntakeResult["refused"][number][] = [];
  const missing: string[] = [];
  const progress = { found: 0, done: 0, refused: 0, bytes: 0 };
  const readBefore = rooms.pool.bytesRead();
  const tell = () => watch.progress?.({ ...progress, read: rooms.pool.bytesRead() - readBefore });
  using _telling = everyFewMoments(tell);
  const underWay = new Set<Promise<void>>();

  async function take(path: string): Promise<void> {
    const taken = await intake.take({ path });
    progress.done++;
    if ("refused" in taken) progress.refused++;
    else progress.bytes += taken.sizeBytes;
    tell();
  }

  for await (const found of filesAndMissing(paths)) {
    if (watch.signal?.aborted === true) break;
    if ("missing" in found) {
      missing.push(found.path);
      continue;
    }
    progress.found++;
    if ("code" in found) {
      const { code, message } = new NodeError(found.code);
      unreadable.push({ file: found.path, code, message });
      progress.refused++;
      continue;
    }
    const taking = take(found.path).finally(() => underWay.delete(taking));
    // Whoever waits next hears of a failure; until then nobody needs to.
    taking.catch(() => {});
    underWay.add(taking);
    // Two are with each worker, and one waits for it.
    if (underWay.size >= 3 * rooms.pool.threads) await Promise.race(underWay);
    if (intake.waiting() >= mostWaiting) await settle(intake, underWay, watch);
  }
  await settle(intake, underWay, watch);
  const result = intake.result();
  return { ...result, refused: [...result.refused, ...unreadable], missing };
}

async function settle(intake: Intake, underWay: ReadonlySet<Promise<void>>, watch: IntakeWatch): Promise<void> {
  await Promise.all(underWay);
  for (const study of await intake.settle()) watch.study?.(study);
}

// A single large file would otherwise look like standing still.
function everyFewMoments(tell: () => void): Disposable {
  const timer = setInterval(tell, 200).unref();
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
