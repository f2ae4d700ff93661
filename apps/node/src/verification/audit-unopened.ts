// Audits the log of a folder that does not open as a node because of what is in its ledger: nothing is signed, so nobody need refuse.
import { contracts } from "@fiducial/contract";
import { verifierKey } from "@fiducial/core";
import { type AuditResult, audit, openStore, verificationPool } from "@fiducial/ledger";
import type { NodeOptions } from "../compose.ts";
import { openDataFolder } from "../folder/data-folder.ts";
import { protectorIn } from "../folder/key-protector.ts";
import { logKeyring } from "../logs/ended-logs.ts";
import { verifiersFor } from "../witnesses/verifiers.ts";

/** Audits the ledger that grows, without its read model, its objects and the logs before it. Rejects with FOLDER_* codes, KEYS_MISSING and what openStore throws. */
export async function auditUnopened(
  { data, keys: given, threads }: Pick<NodeOptions, "data" | "keys" | "threads">,
  progress: (done: number, total: number) => void,
): Promise<AuditResult & { readonly origin: string }> {
  const folder = openDataFolder({ data, keys: given, create: false });
  const verification = verificationPool(threads);
  try {
    const { identity, keys, ledger, path } = folder;
    const { origin } = identity;
    const { publicKey } = await logKeyring(keys, identity, origin, protectorIn(keys, false)).existingSigner("log");
    const logKeys = [verifierKey(origin, "ed25519", publicKey.bytes)];
    const verifiers = await verifiersFor(path);
    const store = openStore(ledger);
    try {
      return { ...(await audit({ store, contracts, verification, logKeys, verifiers, progress })), origin };
    } finally {
      store.close();
    }
  } finally {
    await verification.close();
    folder.release();
  }
}
