// Objects that the PACS keeps, fetched for whoever reads them: checked first, shared among readers, and gone soon after. Bounded in number and bytes.
import { existsSync, rmSync } from "node:fs";
import { diskRoomOf } from "../folder/disk-room.ts";
import type { Clock } from "../intake/clock.ts";
import { NodeError } from "../node-error.ts";
import { type ObjectFile, type OtherKeeper, once } from "../objects/object-reader.ts";
import type { StoredVersion } from "../objects/stored-version.ts";
import { places } from "../serving/places.ts";
import { type CheckingRooms, type CopyCheck, checkCopy } from "./copy-check.ts";
import { mostBytesOf, uidsOf } from "./pacs-address.ts";
import type { PacsClient } from "./pacs-client.ts";
import { counted } from "./received-copy.ts";

/** What fetching works with. */
export interface FetchingRooms extends CheckingRooms {
  readonly client: Pick<PacsClient, "retrieve">;
  readonly clock: Clock;
  /** Bytes that all copies take together at most. */
  readonly mostBytes: number;
  /** Bytes of the disk that copies leave to everything else. */
  readonly reservedBytes: number;
  /** The folder whose disk they lie on. */
  readonly folder: string;
  /** Where the copy of an object lies. */
  pathOf(digest: string): string;
  /** Says that an object was asked for: it came, or the code of what was wrong. */
  asked(digest: string, code?: string): void;
}

export interface FetchedCopies extends OtherKeeper {
  /** Bytes of all copies. */
  bytes(): number;
  /** Takes every copy away. */
  close(): void;
}

/** A copy that was checked. */
interface Copy {
  readonly path: string;
  readonly sizeBytes: number;
  readonly check: Extract<CopyCheck, { fits: true }>;
  readers: number;
  cancel: () => void;
}

const mostAtOnce = 64;
/** Whoever asks for one frame asks for the next one soon. */
const keptMs = 60_000;

/** Begins with no copy. */
export function fetchedCopies(rooms: FetchingRooms): FetchedCopies {
  const { clock, mostBytes } = rooms;
  const copies = new Map<string, Copy>();
  const fetching = new Map<string, Promise<Copy>>();
  const seats = places(mostAtOnce, "BUSY");
  let bytes = 0;

  // The longest unread goes first.
  function makeRoom(wanted: number): void {
    for (const [digest, { readers }] of copies) {
      if (bytes + wanted <= mostBytes) break;
      if (readers === 0) drop(digest);
    }
    if (bytes + wanted > mostBytes) throw new NodeError("BUSY");
  }

  function drop(digest: string): void {
    const copy = copies.get(digest);
    if (copy === undefined) return;
    copy.cancel();
    copies.delete(digest);
    bytes -= copy.sizeBytes;
    rmSync(copy.path, { force: true });
  }

  async function fetched(version: StoredVersion): Promise<Copy> {
    const leave = seats.take();
    const path = rooms.pathOf(version.record.file);
    const count = counted(mostBytesOf(version, mostBytes));
    let came = 0;
    try {
      checkDisk(rooms, version.record.sizeBytes);
      const received = await rooms.client.retrieve(uidsOf(rooms.vault, version), path, (more) => {
        count(more);
        makeRoom(more);
        bytes += more;
        came += more;
      });
      const check = await checkCopy(rooms, version, path, received);
      if (!check.fits) throw new NodeError(check.code);
      return { path, sizeBytes: came, check, readers: 0, cancel: () => {} };
    } catch (thrown) {
      bytes -= came;
      rmSync(path, { force: true });
      throw thrown;
    } finally {
      leave();
    }
  }

  function copyOf(version: StoredVersion): Promise<Copy> {
    const { file } = version.record;
    const known = copies.get(file);
    if (known !== undefined && existsSync(known.path)) return Promise.resolve(known);
    drop(file);
    return fetching.get(file) ?? fetchOnce(version);
  }

  function fetchOnce(version: StoredVersion): Promise<Copy> {
    const { file } = version.record;
    const copy = fetched(version)
      .then(
        (made) => {
          copies.set(file, made);
          // Nobody takes it away before those who wait for it have it.
          setImmediate(readBy(file, made));
          rooms.asked(file);
          return made;
        },
        (thrown: unknown) => {
          if (thrown instanceof NodeError) rooms.asked(file, thrown.code);
          throw thrown;
        },
      )
      .finally(() => fetching.delete(file));
    fetching.set(file, copy);
    return copy;
  }

  // Says that somebody reads a copy, and returns what says that nobody does any more.
  function readBy(file: string, copy: Copy): () => void {
    copy.readers++;
    copy.cancel();
    return once(() => {
      copy.readers--;
      if (copy.readers === 0 && copies.get(file) === copy) copy.cancel = clock.after(keptMs, () => drop(file));
    });
  }

  return {
    open: async (version) => {
      const copy = await copyOf(version);
      const { file } = version.record;
      const letGo = readBy(file, copy);
      // The last one asked for is the last to go.
      if (copies.delete(file)) copies.set(file, copy);
      return fileOf(copy, letGo);
    },
    bytes: () => bytes,
    close: () => {
      for (const digest of [...copies.keys()]) drop(digest);
    },
  };
}

function checkDisk({ folder, reservedBytes }: FetchingRooms, wanted: number): void {
  const free = diskRoomOf(folder)?.freeBytes ?? Number.POSITIVE_INFINITY;
  if (free - wanted < reservedBytes) throw new NodeError("DISK_FULL");
}

function fileOf({ path, sizeBytes, check: { verdict, transferSyntaxUid } }: Copy, letGo: () => void): ObjectFile {
  return { path, sizeBytes, transferSyntaxUid, verdict, letGo };
}
