// Asking witnesses to cosign, each at its own pace: a slow or dead one holds nobody up. C2SP tlog-witness.
import {
  acceptCosignatures,
  formatAddCheckpoint,
  parseAddCheckpointAnswer,
  parseSignedCheckpoint,
  type SignatureVerifiers,
  type VerifierKey,
  type WitnessHttpAnswer,
} from "@fiducial/core";
import type { LogReader } from "./log-reader.ts";
import type { Publication, Published } from "./publication.ts";

/** A witness to ask: where, and the keys it cosigns with. */
export interface WitnessPeer {
  readonly name: string;
  readonly url: string;
  readonly keys: readonly VerifierKey[];
}

/** Posts `body` to `url`; rejects when nobody answers in time. */
export type Post = (url: string, body: string, signal: AbortSignal) => Promise<WitnessHttpAnswer>;

/** How a witness stands: what people are shown. */
export interface WitnessState {
  readonly name: string;
  /** The largest size it has cosigned, as far as we know. */
  readonly size: number;
  readonly failures: number;
  readonly problem?: "UNREACHABLE" | "REFUSED" | "AHEAD_OF_US" | "BAD_COSIGNATURE";
}

export interface Witnessing {
  states(): readonly WitnessState[];
  close(): Promise<void>;
}

const firstBackoffMs = 1_000;
const longestBackoffMs = 300_000;

/** Keeps asking each witness for cosignatures of the newest checkpoint. `sleep` waits, and returns early when its signal aborts. */
export function startWitnessing(
  publication: Publication,
  reader: LogReader,
  witnesses: readonly WitnessPeer[],
  verifiers: SignatureVerifiers,
  post: Post,
  sleep: (ms: number, signal: AbortSignal) => Promise<void>,
): Witnessing {
  const closing = new AbortController();
  const states = witnesses.map(({ name }): WitnessState => ({ name, size: 0, failures: 0 }));
  const loops = witnesses.map((witness, number) => keepAsking(witness, number));

  async function keepAsking(witness: WitnessPeer, number: number): Promise<void> {
    while (!closing.signal.aborted) {
      const published = await nextAfter(publication, (states[number] as WitnessState).size, closing.signal);
      if (published === undefined) return;
      const state = await ask(witness, states[number] as WitnessState, published);
      states[number] = state;
      if (state.problem !== undefined)
        await sleep(Math.min(firstBackoffMs * 2 ** (state.failures - 1), longestBackoffMs), closing.signal);
    }
  }

  async function ask(witness: WitnessPeer, state: WitnessState, { size, note }: Published): Promise<WitnessState> {
    const failed = (problem: NonNullable<WitnessState["problem"]>) => ({
      ...state,
      failures: state.failures + 1,
      problem,
    });
    const signed = parseSignedCheckpoint(note);
    const proof = state.size === 0 ? [] : reader.proveConsistency(state.size, size);
    const answer = await post(
      `${witness.url}/add-checkpoint`,
      formatAddCheckpoint({ oldSize: state.size, proof, signed }),
      closing.signal,
    )
      .then(parseAddCheckpointAnswer)
      .catch(() => undefined);
    if (answer === undefined) return failed("UNREACHABLE");
    if (answer.status === 409)
      return answer.size > size ? failed("AHEAD_OF_US") : { name: state.name, size: answer.size, failures: 0 };
    if (answer.status !== 200) return failed("REFUSED");
    try {
      publication.addCosignatures(
        size,
        acceptCosignatures(signed.note.text, answer.cosignatures, witness.keys, verifiers),
      );
    } catch {
      return failed("BAD_COSIGNATURE");
    }
    return { name: state.name, size, failures: 0 };
  }

  return {
    states: () => states,
    close: async () => {
      closing.abort();
      await Promise.all(loops);
    },
  };
}

// The newest checkpoint once there is one beyond `size`; undefined when told to stop.
function nextAfter(publication: Publication, size: number, signal: AbortSignal): Promise<Published | undefined> {
  const latest = publication.latest();
  if (signal.aborted) return Promise.resolve(undefined);
  if (latest !== undefined && latest.size > size) return Promise.resolve(latest);
  return new Promise((resolve) => {
    const finish = (published: Published | undefined) => {
      stop();
      signal.removeEventListener("abort", abort);
      resolve(published);
    };
    const abort = () => finish(undefined);
    const stop = publication.onPublished((published) => published.size > size && finish(published));
    signal.addEventListener("abort", abort, { once: true });
  });
}
