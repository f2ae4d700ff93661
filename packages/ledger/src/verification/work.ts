// What travels between a replica and its verification workers: one packed buffer each way, so that a batch costs two transfers.
import type { DeclaredKey } from "@fiducial/core";

/** A batch to verify. `ends[i]` is where envelope `i` ends in `envelopes`. */
export interface VerificationRequest {
  readonly batch: number;
  readonly envelopes: Uint8Array;
  readonly ends: Uint32Array;
  /** Keys that the worker may not have seen yet. */
  readonly keys: readonly (readonly [id: string, key: DeclaredKey])[];
}

/** What was found out. Everything here is a pure fact of the envelope's bytes and of the keys, which their ids commit to. */
export interface VerificationResponse {
  readonly batch: number;
  /** By envelope: 0, or one more than the fault's place in `envelopeFaults`. */
  readonly faults: Uint8Array;
  /** 32 bytes by envelope. */
  readonly ids: Uint8Array;
  /** Payloads laid end to end, where `payloadEnds[i]` is where the one of envelope `i` ends. */
  readonly payloads: Uint8Array;
  readonly payloadEnds: Uint32Array;
  /** By envelope: bit n set when signature n verified. */
  readonly verified: Uint16Array;
  /** By envelope: bit n set when the key of signature n was not at hand. */
  readonly unverified: Uint16Array;
}
