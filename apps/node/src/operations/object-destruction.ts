// The bytes of studies: which objects are theirs alone, and how they go. Deleted files are unlinked; what a disk keeps of them, encryption of the disk covers.
import { studyDestroyed, studyOf } from "@fiducial/contract";
import { type Vault, VaultError } from "@fiducial/vault";
import type { ObjectRecord } from "../intake/study-records.ts";
import { keptByOrganization, state } from "./acts.ts";
import type { Site } from "./site.ts";

/** Digests of the objects that these studies have and no other study has. What of a study cannot be read is passed over. */
export function objectsOf(vault: Vault, studies: readonly string[]): Set<string> {
  const going = new Set(studies);
  const digests = new Set<string>();
  for (const study of studies)
    for (const statement of readable(() => vault.statementsOf(study), []))
      for (const file of readable(() => filesIn(vault, statement), [])) digests.add(file);
  for (const file of digests) {
    const others = readable(() => vault.versionsOf({ file }), []).some(({ study = "" }) => !going.has(study));
    if (others) digests.delete(file);
  }
  return digests;
}

/** Digests of objects of a patient that were received and never registered: a process died, or a ledger refused. */
export async function strayObjectsOf({ objects, vault, fingerprints }: Site, subject: string): Promise<Set<string>> {
  const stray = new Set<string>();
  let looked = 0;
  for (const digest of objects.digests()) {
    // Others get their turn: a store may hold millions.
    if (++looked % 256 === 0) await new Promise(setImmediate);
    if (vault.versionsOf({ file: digest }).length > 0) continue;
    const read = await fingerprints.run(objects.pathOf(digest));
    if ("refused" in read) continue;
    const { issuerOfPatientId: issuer = "", patientId } = read.object.header;
    if (patientId !== undefined && vault.findSubject({ issuer, patientId }) === subject) stray.add(digest);
  }
  return stray;
}

/** States that studies are gone, each that is on the ledger and not stated to be gone before. */
export async function stateDestroyed(
  { author, household, logs }: Site,
  studies: readonly string[],
  method: "bytes" | "keys-and-bytes",
): Promise<void> {
  for (const study of studies) {
    const row = studyOf(logs.current.store.state, study);
    if (row === undefined || row.destruction === "done") continue;
    const open = { study, instances: row.instances, method };
    await state(author, studyDestroyed, { basis: "seen", open, sealed: {} }, [household.gateway], keptByOrganization);
  }
}

function filesIn(vault: Vault, statement: string): string[] {
  return [...vault.manifest(statement)].map(({ value }) => (value as unknown as ObjectRecord).file);
}

// Damage must not keep anything from being destroyed.
function readable<Result>(read: () => Result, otherwise: Result): Result {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof VaultError && thrown.code === "VAULT_CORRUPT") return otherwise;
    throw thrown;
  }
}
