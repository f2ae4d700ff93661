// Objects on their way from the marks of the inbox to their studies: at once, while there is room in memory; else when there is, in the order in which they came.
import type { SaltedObject } from "./fingerprint-work.ts";
import type { InboxMarks, Mark } from "./inbox-marks.ts";
import type { SettlingStudies } from "./settling-studies.ts";

/** What they are gathered with. */
export interface GatheringRooms {
  readonly marks: Pick<InboxMarks, "from">;
  readonly settling: Pick<SettlingStudies, "add" | "addUnread" | "objects" | "isHeldUp">;
  /** Objects in memory at most. */
  readonly mostGathered: number;
  /** Objects that are read at a time. */
  readonly atOnce: number;
  /** Reads an object from the store. Resolves with undefined when it has gone; rejects when it cannot be read. */
  read(mark: Mark): Promise<SaltedObject | undefined>;
  /** Says that an object has gone. */
  gone(mark: Mark): Promise<void>;
}

export interface MarkedObjects {
  /** Takes an object whose mark was made just now. To be called in the order of the marks. */
  gather(object: SaltedObject, mark: Mark): void;
  /** Goes on with what waits on disk, where there is room. */
  gatherMore(): void;
  /** Resolves when nothing is under way; nothing is begun any more. */
  close(): Promise<void>;
}

/** Begins with no object in memory; `gatherMore` looks for those of an earlier start. */
export function markedObjects({ marks, settling, mostGathered, atOnce, read, gone }: GatheringRooms): MarkedObjects {
  // Marks from this number on are not gathered; while there are any, what comes is only marked.
  let nextToGather = 0;
  let isBehind = true;
  let gathering: Promise<void> | undefined;
  let isClosed = false;
  const hasRoom = () => settling.objects() < mostGathered && !settling.isHeldUp();

  function gatherMore(): void {
    if (!isBehind || gathering !== undefined || isClosed || !hasRoom()) return;
    gathering = gatherFromMarks().then(
      () => {
        gathering = undefined;
        gatherMore();
      },
      // The marks cannot be read now: whoever comes next tries again.
      () => {
        gathering = undefined;
      },
    );
  }

  async function gatherFromMarks(): Promise<void> {
    while (hasRoom() && !isClosed) {
      const page = marks.from(nextToGather, atOnce);
      if (page.length === 0) {
        isBehind = false;
        return;
      }
      await Promise.all(page.map(gatherMarked));
      nextToGather = (page.at(-1) as Mark).id + 1;
    }
  }

  async function gatherMarked(mark: Mark): Promise<void> {
    const object = await read(mark).catch(() => null);
    if (object === undefined) await gone(mark).catch(() => settling.addUnread(mark));
    else if (object === null) settling.addUnread(mark);
    else settling.add(object, mark);
  }

  return {
    gather: (object, mark) => {
      // Whoever gathers from the marks may have seen it first.
      if (mark.id < nextToGather) return;
      if (isBehind || !hasRoom()) {
        isBehind = true;
        gatherMore();
      } else {
        nextToGather = mark.id + 1;
        settling.add(object, mark);
      }
    },
    gatherMore,
    close: async () => {
      isClosed = true;
      await gathering;
    },
  };
}
