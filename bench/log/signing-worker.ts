// A signing worker: drafts, seals and signs registrations of studies, about 2.2 kB each.
import { parentPort } from "node:worker_threads";
import { draftOf, studyRegistered } from "@fiducial/contract";
import { concat, formatUtcTime, sha256, toHex, utf8 } from "@fiducial/core";
import { benchHospital, signedAtMs } from "./bench-hospital.ts";

/** Studies to register, by number and handle. */
export interface SigningRequest {
  readonly task: number;
  readonly first: number;
  readonly handles: readonly string[];
}

/** Their envelopes end to end; `ends[i]` is where envelope `i` ends. */
export interface SigningResponse {
  readonly task: number;
  readonly ids: readonly string[];
  readonly envelopes: Uint8Array<ArrayBuffer>;
  readonly ends: readonly number[];
}

const { log, gateway, root, signed } = benchHospital();
const signedAt = formatUtcTime(signedAtMs);
const signer = { actor: gateway.actor, capacity: "self", key: gateway.key, organization: root.actor } as const;

async function answer({ task, first, handles }: SigningRequest): Promise<SigningResponse> {
  const ids: string[] = [];
  const envelopes: Uint8Array[] = [];
  const ends: number[] = [];
  for (const [at, handle] of handles.entries()) {
    const { id, bytes } = await registration(first + at, handle);
    ids.push(id);
    envelopes.push(bytes);
    ends.push((ends.at(-1) ?? 0) + bytes.length);
  }
  return { task, ids, envelopes: concat(...envelopes), ends };
}

function registration(number: number, study: string) {
  const head = { log, occurredAt: signedAt, signedAt, signers: [signer] as const, basis: "seen" as const };
  const manifest = toHex(sha256(utf8(`manifest ${number}`)));
  const open = { study, modalities: ["CT"], series: 1, instances: 3, manifest };
  return signed(draftOf(studyRegistered, { ...head, open, sealed: { studyUid: `2.25.${number}` } }), gateway);
}

parentPort?.on("message", async (request: SigningRequest) => {
  const response = await answer(request);
  parentPort?.postMessage(response, [response.envelopes.buffer]);
});
