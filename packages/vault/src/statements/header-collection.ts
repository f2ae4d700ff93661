// Headers that come in while a study streams in, before there is a statement to keep them for. Memory holds one chunk at most.
import type { KeyObject } from "node:crypto";
import type { Transactions } from "../store/transactions.ts";
import type { Subject, Subjects } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";
import { largestChunk, largestChunkBytes, packBytes, unpackBytes } from "./chunk-codec.ts";
import { type Chunk, type ListMark, type Lists, newList } from "./lists.ts";

/** Collects headers for one statement about one subject. What is collected and never kept is gone when the vault opens next. */
export interface HeaderCollection {
  /** How many headers were added. */
  readonly size: number;
  /** Adds a header, whose place is the size before. Resolves when there is room for the next. */
  add(header: Uint8Array): Promise<void>;
  /** Resolves with a collection of those headers alone that `stays` tells by their places, in their order; this one is given up. */
  narrowed(stays: (place: number) => boolean): Promise<HeaderCollection>;
  /** Gives up what was collected. */
  discard(): Promise<void>;
}

/** Makes collections and takes them over into a part. */
export interface HeaderCollections {
  /** Rejects (at the first `add`) with SUBJECT_FORGOTTEN. */
  collect(subject: string): HeaderCollection;
  /** Writes what is not written yet, in the caller's transaction. Throws VALUE_MALFORMED for another's collection. */
  take(collection: HeaderCollection, subject: Subject): ListMark;
}

interface Collected {
  readonly subject: string;
  readonly list: Uint8Array;
  size: number;
  waiting: Uint8Array[];
  waitingBytes: number;
}

/** Opens collecting. */
export function openHeaderCollections(transactions: Transactions, subjects: Subjects, lists: Lists): HeaderCollections {
  const collections = new WeakMap<HeaderCollection, Collected>();

  async function add(collected: Collected, header: Uint8Array): Promise<void> {
    if (!(header instanceof Uint8Array)) throw new VaultError("VALUE_MALFORMED", { value: "header" });
    // A copy: the caller may use its buffer again before this chunk is full.
    collected.waiting.push(new Uint8Array(header));
    collected.waitingBytes += header.length;
    collected.size++;
    if (collected.waiting.length < largestChunk && collected.waitingBytes < largestChunkBytes) return;
    const chunk = chunkOf(collected);
    collected.waiting = [];
    collected.waitingBytes = 0;
    await transactions.write(() => lists.add(subjects.of(collected.subject), collected.list, chunk));
  }

  function* headersOf({ subject, list, size, waiting }: Collected): Generator<Uint8Array> {
    const written = size - waiting.length;
    if (written > 0) yield* readHeaders(lists, { list, size: written }, subjects.of(subject).key);
    yield* waiting;
  }

  function collect(subject: string): HeaderCollection {
    const collected: Collected = { subject, list: newList(), size: 0, waiting: [], waitingBytes: 0 };
    const collection: HeaderCollection = {
      get size() {
        return collected.size;
      },
      add: (header) => add(collected, header),
      narrowed: async (stays) => {
        const narrowed = collect(subject);
        let place = 0;
        for (const header of headersOf(collected)) if (stays(place++)) await narrowed.add(header);
        await collection.discard();
        return narrowed;
      },
      discard: () => {
        collections.delete(collection);
        collected.waiting = [];
        return transactions.write(() => lists.removeLoose(collected.list));
      },
    };
    collections.set(collection, collected);
    return collection;
  }

  return {
    collect,

    take: (collection, subject) => {
      const collected = collections.get(collection);
      if (collected?.subject !== subject.handle) throw new VaultError("VALUE_MALFORMED", { value: "headers" });
      // Nothing is changed in memory: should the transaction fail, the same collection can be taken again.
      if (collected.waiting.length > 0) lists.add(subject, collected.list, chunkOf(collected));
      return { list: collected.list, size: collected.size };
    },
  };
}

/** Reads the header at `place`, or returns undefined beyond the end. Throws VAULT_CORRUPT. */
export function readHeader(lists: Lists, headers: ListMark, place: number, key: KeyObject): Uint8Array | undefined {
  const chunk = lists.chunkAt(headers, place, key);
  if (chunk === undefined) return undefined;
  const header = unpackBytes(chunk.packed)?.[place - chunk.first];
  if (header === undefined) throw new VaultError("VAULT_CORRUPT", { table: "chunk" });
  return header;
}

/** Reads all headers in the order of their places, one chunk at a time. Throws VAULT_CORRUPT. */
export function* readHeaders(lists: Lists, headers: ListMark, key: KeyObject): Generator<Uint8Array> {
  for (let first = 0; ; ) {
    const chunk = lists.chunkAt(headers, first, key);
    if (chunk === undefined) return;
    const unpacked = unpackBytes(chunk.packed);
    if (unpacked?.length !== chunk.count) throw new VaultError("VAULT_CORRUPT", { table: "chunk" });
    yield* unpacked;
    first += chunk.count;
  }
}

function chunkOf({ size, waiting }: Collected): Chunk {
  return { first: size - waiting.length, count: waiting.length, packed: packBytes(waiting) };
}
