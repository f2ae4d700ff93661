// Opening the vault: what a ledger or the register beside the keys says was erased is gone before anybody reads, objects and keys.
import { existsSync } from "node:fs";
import { erasureOf, studyOf } from "@fiducial/contract";
import type { Store } from "@fiducial/ledger";
import { type KeyProtector, openVault, type Vault } from "@fiducial/vault";
import { NodeError } from "../node-error.ts";
import type { ObjectStore } from "../objects/object-store.ts";
import type { ErasureRegister } from "./erasure-register.ts";
import { objectsOf } from "./object-destruction.ts";

export interface ErasedVaultOptions {
  readonly path: string;
  readonly protector: KeyProtector;
  /** The stores of all logs of the folder. */
  readonly stores: readonly Store[];
  readonly erasures: ErasureRegister;
  readonly objects: ObjectStore;
}

/** Opens the vault and finishes, or applies again, every erasure on record. Rejects as `openVault` does, and with VAULT_MISSING. */
export async function openErasedVault({
  path,
  protector,
  stores,
  erasures,
  objects,
}: ErasedVaultOptions): Promise<Vault> {
  // An empty one in its place would call every registered image unknown.
  if (stores.some((store) => store.head().edge.size > 0) && !existsSync(path)) throw new NodeError("VAULT_MISSING");
  const isErased = (handle: string) => erasures.has(handle) || stores.some((store) => isRecorded(store, handle));
  const found: string[] = [];
  // The vault is asked what is in it and destroys nothing yet: it alone knows which objects go along.
  const vault = await openVault({
    path,
    protector,
    erased: (handle) => {
      if (isErased(handle)) found.push(handle);
      return false;
    },
  });
  try {
    if (found.length === 0) return vault;
    // Not of every study of an erased subject: one that was corrected since may be another's, and stands under this one in an old vault.
    const studies = found.flatMap((handle) => [handle, ...vault.studiesOf(handle)]).filter(isErased);
    objects.remove(objectsOf(vault, studies));
    await vault.forget(...found);
    return vault;
  } catch (thrown) {
    await vault.close();
    throw thrown;
  }
}

function isRecorded({ state }: Store, handle: string): boolean {
  return erasureOf(state, handle)?.executed === true || studyOf(state, handle)?.destruction === "done";
}
