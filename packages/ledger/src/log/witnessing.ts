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
  /** OWN_FAULT: this log could not prove its growth, or not keep the cosignature. */
  readonly problem?: "UNREACHABLE" | "REFUSED" | "AHEAD_OF_US" | "BAD_COSIGNATURE" | "OWN_FAULT";
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
  const states = witnesses.map(({ name, keys }): WitnessState => {
    const latest = publication.latest();
    return { name, size: latest !== undefined && isCosigned(latest, keys) ? latest.size : 0, failures: 0 };
  });
  const loops = witnesses.map((witness, number) => keepAsking(witness, number));

  async function keepAsking(witness: WitnessPeer, number: number): Promise<void> {
    let state = states[number] as WitnessState;
    let cosigned = state.size;
    let conflicts = 0;
    for (;;) {
      const published = await nextAfter(publication, cosigned, closing.signal);
      if (published === undefined) return;
      const result = await ask(witness, state.size, published);
      if (result.problem === undefined && !result.conflict) cosigned = published.size;
      // The first time we take its word for what it cosigned and ask again at once; a witness that changes its word has to wait.
      conflicts = result.conflict ? conflicts + 1 : 0;
      const problem = conflicts > 1 ? "REFUSED" : result.problem;
      state = {
        name: state.name,
        size: result.size,
        failures: problem === undefined ? 0 : state.failures + 1,
        ...(problem && { problem }),
      };
      states[number] = state;
      if (problem !== undefined)
        await sleep(Math.min(firstBackoffMs * 2 ** (state.failures - 1), longestBackoffMs), closing.signal);
    }
  }

  async function ask(witness: WitnessPeer, oldSize: number, { size, note }: Published): Promise<Asked> {
    const failed = (problem: Problem): Asked => ({ size: oldSize, conflict: false, problem });
    const body = attempt(() => requestFor(note, oldSize, size));
    if (body === undefined) return failed("OWN_FAULT");
    const answer = await post(`${witness.url}/add-checkpoint`, body, closing.signal)
      .then(parseAddCheckpointAnswer)
      .catch(() => undefined);
    if (answer === undefined) return failed("UNREACHABLE");
    if (answer.status === 409 && answer.size > size) return failed("AHEAD_OF_US");
    if (answer.status === 409 && answer.size !== oldSize) return { size: answer.size, conflict: true };
    if (answer.status !== 200) return failed("REFUSED");
    const { text } = parseSignedCheckpoint(note).note;
    const good = attempt(() => acceptCosignatures(text, answer.cosignatures, witness.keys, verifiers));
    if (good === undefined) return failed("BAD_COSIGNATURE");
    const isKept = attempt(() => {
      publication.addCosignatures(size, good);
      return true;
    });
    return isKept === undefined ? failed("OWN_FAULT") : { size, conflict: false };
  }

  function requestFor(note: string, oldSize: number, size: number): string {
    const proof = oldSize === 0 ? [] : reader.proveConsistency(oldSize, size);
    return formatAddCheckpoint({ oldSize, proof, signed: parseSignedCheckpoint(note) });
  }

  return {
    states: () => states,
    close: async () => {
      closing.abort();
      await Promise.all(loops);
    },
  };
}

type Problem = NonNullable<WitnessState["problem"]>;

/** What came of asking: the size that the witness has cosigned, as far as we know then, and whether it told us of another than we thought. */
interface Asked {
  readonly size: number;
  readonly conflict: boolean;
  readonly problem?: Problem;
}

function isCosigned({ note }: Published, keys: readonly VerifierKey[]): boolean {
  const { signatures } = parseSignedCheckpoint(note).note;
  return signatures.some(({ name, keyId }) => keys.some((key) => key.name === name && key.keyId === keyId));
}

function attempt<Result>(action: () => Result): Result | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
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
