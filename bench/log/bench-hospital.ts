// Whose log is measured: one hospital whose gateway registers studies, at one time of signing.
import { type Hospital, hospital } from "../../packages/ledger/src/conformance/hospital.ts";

/** The one time at which everything is signed: a start of the bench would otherwise be in the figures' way. */
export const signedAtMs: number = Date.parse("2026-11-18T12:00:00.000Z");

/** The hospital, the same in every thread. */
export function benchHospital(): Hospital {
  return hospital("log.example/bench", signedAtMs);
}

/** The clock of its log: a second after signing, so that no statement is late or early. */
export const clock = (): number => signedAtMs + 1000;
