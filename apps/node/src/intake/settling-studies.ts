// Studies that came in and settle: each is registered by itself when nothing more of it comes, and again until it succeeds.
import { turns } from "../operations/turns.ts";
import { codeOf } from "../thrown-code.ts";
import type { Clock } from "./clock.ts";
import type { SaltedObject } from "./fingerprint-work.ts";
import type { Mark } from "./inbox-marks.ts";
import type { Intake } from "./intake.ts";
import { studyKeyOf } from "./study-gatherer.ts";

/** How long studies wait, in milliseconds: after their last object, and after their first at most. */
export interface SettlingTimes {
  readonly settleMs: number;
  readonly longestMs: number;
}

/** What settling studies work with. */
export interface SettlingRooms {
  readonly clock: Clock;
  readonly times: SettlingTimes;
  openIntake(): Intake;
  /** The code on which the ledger has stopped: then nothing is tried. */
  stopped(): string | undefined;
  /** Reads an object again that was given up in memory. Resolves with undefined when it has gone; rejects when it cannot be read. */
  read(mark: Mark): Promise<SaltedObject | undefined>;
  /** Says that objects are done with: registered, or, with a code, refused for good. */
  done(marks: readonly Mark[], code?: string): Promise<void>;
  /** Called when there may be room for more. */
  freed(): void;
}

export interface SettlingStudies {
  /** Puts an object with its study. */
  add(object: SaltedObject, mark: Mark): void;
  /** Notes an object that could not be read just now. */
  addUnread(mark: Mark): void;
  /** Objects in memory, those included that are to be read again. */
  objects(): number;
  studies(): number;
  /** The code on which registering fails. */
  problem(): string | undefined;
  /** Whether something failed just now, and nothing is tried for a while. */
  isHeldUp(): boolean;
  /** Resolves when what is under way has ended; nothing is settled early, and nothing begun any more. */
  close(): Promise<void>;
}

/** A failure: how often, and on what. */
interface Failure {
  readonly code: string;
  readonly times: number;
}

interface Study {
  readonly intake: Intake;
  readonly marks: Mark[];
  readonly work: ReturnType<typeof turns>;
  readonly firstMs: number;
  lastMs: number;
  failure: Failure | undefined;
  isOver: boolean;
}

/** Objects that are to be read and registered again. */
interface Retry {
  readonly marks: readonly Mark[];
  readonly failure: Failure;
  readonly dueMs: number;
}

const [firstDelayMs, longestDelayMs] = [1000, 300_000];
/** What no later attempt can register: it was destroyed, or its patient forgotten, while it came in. */
const forGood: ReadonlySet<string> = new Set(["STUDY_UNKNOWN", "SUBJECT_FORGOTTEN", "STUDY_DESTROYED"]);

/** Begins with nothing. */
export function settlingStudies(rooms: SettlingRooms): SettlingStudies {
  const { clock, times } = rooms;
  const studies = new Map<string, Study>();
  const retries = new Set<Retry>();
  let objects = 0;
  let failures = 0;
  let heldUpUntilMs = 0;
  let running: Promise<void> | undefined;
  let cancel: (() => void) | undefined;
  let isClosed = false;

  function dueMs({ firstMs, lastMs, failure }: Study): number {
    return failure === undefined ? Math.min(lastMs + times.settleMs, firstMs + times.longestMs) : 0;
  }

  function enter(object: SaltedObject, mark: Mark, failure?: Failure): Promise<void> {
    const key = studyKeyOf(object.header);
    const now = clock.elapsedMs();
    const study = studies.get(key) ?? begin(key, now);
    study.lastMs = now;
    study.failure ??= failure;
    wake();
    return study.work.take(async () => {
      // It was registered meanwhile, or failed: this one is of the next.
      if (study.isOver) return enter(object, mark, failure);
      study.marks.push(mark);
      await study.intake.gather(object, mark.digest).catch((thrown: unknown) => failed(key, study, codeOf(thrown)));
    });
  }

  function begin(key: string, now: number): Study {
    const shared = { intake: rooms.openIntake(), work: turns(), firstMs: now, lastMs: now };
    const study: Study = { ...shared, marks: [], failure: undefined, isOver: false };
    studies.set(key, study);
    return study;
  }

  function settle(key: string, study: Study): Promise<void> {
    return study.work.take(async () => {
      if (study.isOver) return;
      try {
        const stopped = rooms.stopped();
        if (stopped !== undefined) return await failed(key, study, stopped);
        await study.intake.settle();
        const code = study.intake.result().refused[0]?.code;
        if (code !== undefined && !forGood.has(code)) return await failed(key, study, code);
        await rooms.done(study.marks, code);
        leave(key, study);
        objects -= study.marks.length;
        failures = 0;
        rooms.freed();
      } catch (thrown) {
        await failed(key, study, codeOf(thrown));
      }
    });
  }

  // What is in memory of it goes: halves of headers may be in the vault already, and a part of it may be kept.
  async function failed(key: string, study: Study, code: string): Promise<void> {
    leave(key, study);
    await study.intake.abandon().catch(() => {});
    again(study.marks, { code, times: (study.failure?.times ?? 0) + 1 });
  }

  function again(marks: readonly Mark[], failure: Failure): void {
    const now = clock.elapsedMs();
    if (marks.length > 0) retries.add({ marks, failure, dueMs: now + delayMs(failure.times) });
    // One attempt at a time shows whether it goes on, whatever waits.
    heldUpUntilMs = now + delayMs(++failures);
    rooms.freed();
    cancel?.();
    cancel = undefined;
    wake();
  }

  function leave(key: string, study: Study): void {
    study.isOver = true;
    if (studies.get(key) === study) studies.delete(key);
  }

  async function readAgain(retry: Retry): Promise<void> {
    for (const mark of retry.marks) {
      if (isClosed) break;
      try {
        const object = await rooms.read(mark);
        if (object !== undefined) await enter(object, mark, retry.failure);
        else {
          await rooms.done([mark], "OBJECT_MISSING");
          objects--;
        }
      } catch (thrown) {
        again([mark], { code: codeOf(thrown), times: retry.failure.times + 1 });
      }
    }
    // Last, so that the problem is told all the while.
    retries.delete(retry);
  }

  function nextDue(now: number): (() => Promise<void>) | undefined {
    for (const [key, study] of studies) if (dueMs(study) <= now) return () => settle(key, study);
    for (const retry of retries) if (retry.dueMs <= now) return () => readAgain(retry);
    return undefined;
  }

  async function run(): Promise<void> {
    for (;;) {
      const now = clock.elapsedMs();
      const work = isClosed || now < heldUpUntilMs ? undefined : nextDue(now);
      if (work === undefined) return;
      await work();
    }
  }

  function wake(): void {
    if (cancel !== undefined || running !== undefined || isClosed) return;
    const dues = [...[...studies.values()].map(dueMs), ...[...retries].map((retry) => retry.dueMs)];
    if (dues.length === 0) return;
    const due = Math.max(heldUpUntilMs, Math.min(...dues));
    cancel = clock.after(Math.max(0, due - clock.elapsedMs()), () => {
      cancel = undefined;
      running = run().finally(() => {
        running = undefined;
        rooms.freed();
        wake();
      });
    });
  }

  return {
    add: (object, mark) => {
      objects++;
      void enter(object, mark);
    },
    addUnread: (mark) => {
      objects++;
      again([mark], { code: "PATH_UNREADABLE", times: 1 });
    },
    objects: () => objects,
    studies: () => studies.size,
    problem: () => {
      const failing = [...retries, ...studies.values()].find(({ failure }) => failure !== undefined);
      return failing?.failure?.code;
    },
    isHeldUp: () => clock.elapsedMs() < heldUpUntilMs,
    close: async () => {
      isClosed = true;
      cancel?.();
      await running;
      await Promise.all([...studies.values()].map(({ work }) => work.idle()));
    },
  };
}

function delayMs(times: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(times - 1, 20));
}
