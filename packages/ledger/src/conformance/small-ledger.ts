// A small ledger with something in every table, for tests that tamper with one.
import { cosign, parseSignedCheckpoint } from "@fiducial/core";
import type { HighWater } from "../log/publication.ts";
import type { VerificationPool } from "../verification/pool.ts";
import { hospital } from "./hospital.ts";
import { type LocalLedger, memoryHighWater, noteSigner, openLocalLedger, testOrigin } from "./local-ledger.ts";

/** Signs the last checkpoint of each small ledger as a witness. */
export const cosigner = noteSigner("witness.example", "ed25519-cosignature");

/** How a small ledger is made. */
export interface SmallLedgerOptions {
  readonly verification: VerificationPool;
  readonly highWater?: HighWater;
}

const noon = Date.parse("2026-11-18T12:00:00.000Z");

/** Makes a ledger of 12 entries at `path`, with a checkpoint after 6 and after 12, the second cosigned, and with a refusal. It stays open. */
export async function smallLedger(
  path: string,
  { verification, highWater = memoryHighWater() }: SmallLedgerOptions,
): Promise<LocalLedger> {
  const northlake = hospital(testOrigin, noon);
  const ledger = openLocalLedger({ path, clock: () => noon, verification, highWater });
  await ledger.replica.submit(await northlake.founding());
  await ledger.publication.covering(6);
  const statements = [0, 1, 2].flatMap((number) => [northlake.study(number), northlake.extension(number)]);
  await ledger.replica.submit(await Promise.all(statements));
  await ledger.replica.submit([await northlake.study(9, { log: "log.example/other" })]);
  const { note } = await ledger.publication.covering(12);
  ledger.publication.addCosignatures(12, [cosign(parseSignedCheckpoint(note), cosigner, 1_800_000_000)]);
  return ledger;
}

/** The same, closed. */
export async function closedLedger(path: string, options: SmallLedgerOptions): Promise<void> {
  await (await smallLedger(path, options)).close();
}
