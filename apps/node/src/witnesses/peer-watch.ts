// How the witnesses that this log asks stand, for whoever runs the node: reached or not, how far, since when not.
import { parseSignedCheckpoint } from "@fiducial/core";
import type { Post, Store, WitnessPeer, WitnessState } from "@fiducial/ledger";

/** A witness that this log asks. Its `size` is what it cosigned last, by its own word or by what is kept here. */
export interface PeerStanding extends WitnessState {
  /** Whether it answered when it was last asked; absent before that. */
  readonly reached?: boolean;
  /** When asking began to fail, in milliseconds of POSIX time; absent while it does not. */
  readonly failingSinceMs?: number;
  /** Whether it has been failing for so long that somebody should look. */
  readonly isLate: boolean;
}

export interface PeerWatch {
  /** Posts, and remembers what came of it. */
  readonly post: Post;
  standings(): readonly PeerStanding[];
}

/** A witness may be restarted, or a line be down for a while, without anybody being told. */
const lateAfterMs = 600_000;
/** How many checkpoints from the newest down are looked through for a witness's last cosignature. */
const mostSearched = 1024;

/** Watches what comes of asking `peers` by `post`. `states` tells how they stand, in their order. */
export function watchPeers(
  peers: readonly WitnessPeer[],
  store: Store,
  post: Post,
  states: () => readonly WitnessState[],
  nowMs: () => number,
): PeerWatch {
  const kept = peers.map((peer) => lastCosigned(store, peer));
  const reached = new Map<number, boolean>();
  const askedInVain = new Map<number, number>();

  function standing(state: WitnessState, at: number): PeerStanding {
    const answered = reached.get(at);
    const since = state.failures === 0 ? undefined : askedInVain.get(at);
    return {
      ...state,
      size: answered === true ? state.size : Math.max(state.size, kept[at] ?? 0),
      isLate: since !== undefined && nowMs() - since >= lateAfterMs,
      ...(answered === undefined ? {} : { reached: answered }),
      ...(since === undefined ? {} : { failingSinceMs: since }),
    };
  }

  return {
    standings: () => states().map(standing),
    post: async (url, body, signal) => {
      const at = peers.findIndex((peer) => url === `${peer.url}/add-checkpoint`);
      if (!askedInVain.has(at) || states()[at]?.failures === 0) askedInVain.set(at, nowMs());
      try {
        const answer = await post(url, body, signal);
        reached.set(at, true);
        return answer;
      } catch (thrown) {
        if (!signal.aborted) reached.set(at, false);
        throw thrown;
      }
    },
  };
}

// After a start nobody has asked it yet: what is stored tells how far it was.
function lastCosigned(store: Store, { keys }: WitnessPeer): number {
  let candidate = store.latestCheckpoint();
  for (let searched = 0; searched < mostSearched && candidate !== undefined; searched++) {
    const { signatures } = parseSignedCheckpoint(candidate.note).note;
    const isCosigned = signatures.some(({ name, keyId }) =>
      keys.some((key) => key.name === name && key.keyId === keyId),
    );
    if (isCosigned) return candidate.size;
    candidate = store.checkpointBefore(candidate.size);
  }
  return 0;
}
