// Every read is on the ledger before its first byte goes out; what the ledger cannot take waits in an outbox, so that care never does.
import { NodeError } from "../node-error.ts";
import { type BacklogOptions, backlogOf, type WaitingCount } from "./backlog.ts";
import { likeness, type NotedRead, noted, type Read } from "./read.ts";
import { accepted, type SentRead, sendRead } from "./read-statement.ts";
import { allShown, type Shown, showsMore } from "./shown.ts";

/** Records reads. */
export interface AccessRecorder {
  /**
   * Resolves when a read is durably recorded, so that it may be answered; like reads of one minute are one record, and
   * one that shows more than was recorded is another, with all that the minute has shown. When neither ledger nor outbox can take it, a read for somebody's care resolves all the same, and any other rejects with ACCESS_NOT_RECORDED.
   */
  before(read: Read): Promise<void>;
  /** How many reads wait to be recorded, and why the last one could not be. */
  waiting(): WaitingCount;
  /** Records what waits, as far as the ledger takes it. */
  catchUp(): Promise<void>;
  /** Resolves when nothing is under way. */
  close(): Promise<void>;
}

/** What a recorder works with. */
export interface RecorderOptions extends BacklogOptions {
  nowMs(): number;
  /** How long a reader waits for the ledger. */
  readonly patienceMs?: number | undefined;
}

/** Starts recording. */
export function accessRecorder(options: RecorderOptions): AccessRecorder {
  const { site, nowMs, patienceMs = 2000 } = options;
  const backlog = backlogOf(options);
  /** By likeness, what the minute has shown, and its newest record, which stands for all of it. */
  const recent = new Map<string, { readonly shown: Shown; readonly recording: Promise<void> }>();
  let minute = "";
  const underWay = new Set<Promise<unknown>>();

  function whileOpen<Result>(work: Promise<Result>): Promise<Result> {
    underWay.add(work);
    const ended = () => underWay.delete(work);
    work.then(ended, ended);
    return work;
  }

  async function record(read: NotedRead): Promise<void> {
    let sent: SentRead | undefined;
    try {
      sent = await sendRead(site, read, "before");
      await inTime(whileOpen(accepted(sent.outcome)), patienceMs);
    } catch (thrown) {
      backlog.putAside(read, thrown, sent);
    }
  }

  return {
    before: (read) => {
      const note = noted(read, nowMs());
      if (note.minute !== minute) recent.clear();
      minute = note.minute;
      const like = likeness(note);
      const known = recent.get(like);
      if (known !== undefined && !showsMore(read, known.shown)) return known.recording;
      const shown = allShown(read, known?.shown);
      const { studies, instances } = shown;
      const recording = whileOpen(record({ ...note, studies, instances }));
      recent.set(like, { shown, recording });
      // Whoever asks again after a failure is recorded anew.
      recording.catch(() => recent.get(like)?.recording === recording && recent.delete(like));
      return recording;
    },
    waiting: backlog.waiting,
    catchUp: backlog.catchUp,
    close: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay);
      await backlog.close();
    },
  };
}

/** Resolves with the work, or rejects with BUSY when patience ends before. */
async function inTime(work: Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NodeError("BUSY")), patienceMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
