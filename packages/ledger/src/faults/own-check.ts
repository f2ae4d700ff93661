// Checks a ledger by the product's own means: it opens, its key's mark lets it pass, the audit finds nothing, its proofs convince others.
import { contracts } from "@fiducial/contract";
import { signatureVerifiers } from "@fiducial/core";
import { type AuditResult, audit } from "../audit/audit.ts";
import { noteSigner, testOrigin } from "../conformance/local-ledger.ts";
import { logReader } from "../log/log-reader.ts";
import { checkHighWater } from "../log/publication.ts";
import { openStore, type Store } from "../store/store.ts";
import type { VerificationPool } from "../verification/pool.ts";
import { sodiumBackend } from "../verification/sodium-backend.ts";
import { highWaterFile } from "./high-water-file.ts";
import { type Found, includes } from "./independent-check.ts";

/** What to check, besides the file. */
export interface OwnCheck {
  /** The file of the high-water mark. */
  readonly mark: string;
  /** What was found there with no code of ours. */
  readonly found: Found;
  /** The entries whose inclusion is proved. */
  readonly proved: Iterable<number>;
  readonly verification: VerificationPool;
}

const logKey = noteSigner(testOrigin, "ed25519").key;
const verifiers = signatureVerifiers(sodiumBackend);

/** Throws LedgerError when the ledger does not open, and an Error when something else does not hold. */
export async function checkWithOurs(path: string, { mark, found, proved, verification }: OwnCheck): Promise<void> {
  const store = openStore(path);
  try {
    const reader = logReader(store);
    checkHighWater(store, reader, highWaterFile(mark));
    const result = await auditStore(store, verification);
    if (!result.ok) throw new Error(`the audit finds ${result.firstBad.code} at ${result.firstBad.index}`);
    const { size, leaves } = found;
    if (result.size !== size) throw new Error(`the audit saw ${result.size} entries of ${size}`);
    const root = found.rootOf(size);
    for (const index of proved)
      if (!includes(leaves[index] as Buffer, index, size, reader.proveInclusion(index, size), root))
        throw new Error(`the proof of entry ${index} does not verify`);
  } finally {
    store.close();
  }
}

/** Audits a store whose log is signed by the key of all logs made here. */
export function auditStore(store: Store, verification: VerificationPool): Promise<AuditResult> {
  return audit({ store, contracts, verification, logKeys: [logKey], verifiers });
}
