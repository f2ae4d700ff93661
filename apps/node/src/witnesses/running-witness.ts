// The witness that this node is for other organizations' logs, when its data folder names some. C2SP tlog-witness.
import { join } from "node:path";
import { formatVerifierKey, monitoringPath, type SignatureVerifiers, verifierKey } from "@fiducial/core";
import { openWitness, type Witness } from "@fiducial/ledger";
import type { Keyring } from "@fiducial/vault";
import { type DataFolder, firstOrigin } from "../folder/data-folder.ts";
import { policyFile, witnessedFile } from "./witness-files.ts";

export interface RunningWitness extends Witness {
  /** The key under which it cosigns, as other logs' policies name it. */
  readonly key: string;
  /** The checkpoint last cosigned, by its path under the monitoring prefix: the log's signatures and the cosignature. */
  monitored(path: string): string | undefined;
}

/** Opens the witness of a data folder, or returns undefined when it witnesses nobody. Throws POLICY_UNREADABLE. */
export async function witnessFor(
  { path, identity }: DataFolder,
  keyring: Keyring,
  verifiers: SignatureVerifiers,
  nowMs: () => number,
): Promise<RunningWitness | undefined> {
  const policy = policyFile(path, witnessedFile);
  if (policy === undefined) return undefined;
  const secret = await keyring.signer("witness");
  const key = verifierKey(`${firstOrigin(identity)}/witness`, "ed25519-cosignature", secret.publicKey.bytes);
  const origins = [...new Set(policy.logs.map((log) => log.key.name))];
  const logs = origins.map((origin) => ({
    origin,
    keys: policy.logs.map((log) => log.key).filter(({ name }) => name === origin),
  }));
  const witness = openWitness(join(path, "witness.db"), { key, sign: secret.sign }, logs, verifiers, () =>
    Math.floor(nowMs() / 1000),
  );
  const byPath = new Map(origins.map((origin) => [monitoringPath(origin), origin]));
  return {
    ...witness,
    key: formatVerifierKey(key),
    monitored: (path) => {
      const origin = byPath.get(path);
      return origin === undefined ? undefined : witness.latest(origin);
    },
  };
}
