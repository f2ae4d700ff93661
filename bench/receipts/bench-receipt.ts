// A receipt out of a grown log, and the policy under which it verifies.
import {
  formatTrustPolicy,
  parseEntry,
  publicKeyOf,
  sha256,
  type TrustPolicy,
  utf8,
  verifierKey,
} from "@fiducial/core";
import { expandEd25519Seed, logReader, publication, signEd25519 } from "@fiducial/ledger";
import type { Vault } from "@fiducial/vault";
import { type ReceiptMaker, receiptMaker } from "../../apps/node/src/receipts/receipt-maker.ts";
import { benchHospital } from "../log/bench-hospital.ts";
import type { OpenedLog } from "../log/opened-log.ts";

/** Makes receipts of one log under a checkpoint that is there already. */
export interface BenchReceipts extends ReceiptMaker {
  readonly trust: TrustPolicy;
  close(): void;
}

/** Publishes a checkpoint over the whole log and returns who makes receipts under it. */
export async function benchReceipts({ store, projection }: OpenedLog, vault: Vault): Promise<BenchReceipts> {
  const seed = sha256(utf8("bench log key"));
  const { log: origin } = benchHospital();
  const key = verifierKey(origin, "ed25519", publicKeyOf({ algorithm: "Ed25519", bytes: seed }).bytes);
  const secret = expandEd25519Seed(seed);
  const reader = logReader(store);
  const published = publication({
    store,
    reader,
    origin,
    signer: { key, sign: (message) => signEd25519(secret, message) },
    highWater: { read: () => undefined, write: () => {} },
  });
  const { size } = store.head().edge;
  await published.covering(size);
  const genesis = parseEntry(reader.entry(0))?.statement.id ?? "";
  return {
    ...receiptMaker(reader, published.covering, projection, vault),
    trust: {
      policy: { logs: [{ key }], witnesses: [], groups: [], quorum: "none" },
      genesis: { [origin]: genesis },
      replicas: [],
    },
    close: () => published.close(),
  };
}

/** The policy as a browser takes it in. */
export function trustText({ trust }: BenchReceipts): string {
  return formatTrustPolicy(trust);
}
