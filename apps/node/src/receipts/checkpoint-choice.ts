// Over which checkpoint a receipt is made: one that meets the node's own policy, where there is one. docs/formats/receipt.md § Which checkpoint.
import { setTimeout as delay } from "node:timers/promises";
import { type Policy, parseSignedCheckpoint, type SignatureVerifiers, verifyCheckpoint } from "@fiducial/core";
import type { Publication, Published } from "@fiducial/ledger";
import type { KeptLog, Logs } from "../logs/logs.ts";

/** Finds the checkpoint over which to prove the first `size` entries of a log. Rejects as the log's `covering`. */
export type ChooseCheckpoint = (log: KeptLog, size: number) => Promise<Published>;

/** What the choice stands on. */
export interface ChoiceRooms {
  readonly logs: Logs;
  /** Of the log that grows. */
  readonly publication: Pick<Publication, "onPublished">;
  /** Whose cosignatures the node's policy asks for. */
  readonly cosigners: Policy | undefined;
  readonly verifiers: SignatureVerifiers;
  /** Whether a cosignature may come at any moment. */
  isAsking(): boolean;
}

/** How many checkpoints from the smallest on are tried, and how many from the newest down when the node has just started. */
const [mostFromSmallest, mostFromNewest] = [64, 1024];
/** How long a receipt waits for a cosignature that is being asked for. */
const patienceMs = 2000;

/** Chooses the smallest covering checkpoint that meets the policy's quorum, as far as it is found with little work; else the newest one that meets it; else the newest of all. */
export function checkpointChoice({ logs, publication, cosigners, verifiers, isAsking }: ChoiceRooms): ChooseCheckpoint {
  if (cosigners === undefined || cosigners.quorum === "none") return (log, size) => log.covering(size);
  const searches = new Map(logs.all.map((log) => [log, quorumSearch(log, cosigners, verifiers)]));
  const current = searches.get(logs.current) as QuorumSearch;
  publication.onPublished(current.hear);

  // Witnesses are asked for the newest one only: what they pass over meanwhile stays as it is.
  async function comes(size: number): Promise<void> {
    const over = new AbortController();
    const stop = publication.onPublished(() => current.find(size) && over.abort());
    await delay(patienceMs, undefined, { signal: over.signal }).catch(() => {});
    stop();
  }

  return async (log, size) => {
    const smallest = await log.covering(size);
    const { find } = searches.get(log) as QuorumSearch;
    const found = find(size);
    if (found !== undefined) return found;
    if (log === logs.current && isAsking()) await comes(size);
    return find(size) ?? log.latest() ?? smallest;
  };
}

interface QuorumSearch {
  /** A checkpoint that covers `size` entries and meets the quorum. */
  find(size: number): Published | undefined;
  /** Takes note of a checkpoint that has just been signed or cosigned. */
  hear(published: Published): void;
}

function quorumSearch({ store, key, latest }: KeptLog, cosigners: Policy, verifiers: SignatureVerifiers): QuorumSearch {
  const policy: Policy = { ...cosigners, logs: [{ key }] };
  let newest: Published | undefined;
  let isSearched = false;

  function meets({ note }: Published): boolean {
    const signed = parseSignedCheckpoint(note);
    try {
      return signed.note.signatures.length > 1 && verifyCheckpoint(signed, policy, verifiers).holds;
    } catch {
      // A cosignature that does not verify vouches for nothing.
      return false;
    }
  }

  function fromSmallest(size: number): Published | undefined {
    let candidate = store.checkpointFrom(size);
    for (let tried = 0; tried < mostFromSmallest && candidate !== undefined; tried++) {
      if (meets(candidate)) return candidate;
      candidate = store.checkpointFrom(candidate.size + 1);
    }
    return undefined;
  }

  function fromNewest(): Published | undefined {
    let candidate = latest();
    for (let tried = 0; tried < mostFromNewest && candidate !== undefined; tried++) {
      if (meets(candidate)) return candidate;
      candidate = store.checkpointBefore(candidate.size);
    }
    return undefined;
  }

  function newestOfAll(): Published | undefined {
    if (!isSearched) newest = fromNewest();
    isSearched = true;
    return newest;
  }

  return {
    find: (size) => {
      const last = newestOfAll();
      // Beyond the newest that meets it there is none to look for.
      return last === undefined || last.size < size ? undefined : (fromSmallest(size) ?? last);
    },
    hear: (published) => {
      if (published.size >= (newestOfAll()?.size ?? 0) && meets(published)) newest = published;
    },
  };
}
