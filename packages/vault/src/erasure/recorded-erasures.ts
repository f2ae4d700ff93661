// Erasures that a ledger has recorded, applied again: a restored backup brings back what was destroyed after it was made.
import type { Studies } from "../subjects/studies.ts";
import type { Subjects } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";

/** Handles, of subjects and of studies, that were erased: all of them, or a question that is asked of each one in the vault. */
export type RecordedErasures =
  | Iterable<string>
  | AsyncIterable<string>
  | ((handle: string) => boolean | Promise<boolean>);

/** Returns the handles to destroy before anybody reads. */
export async function handlesToDestroy(
  erased: RecordedErasures,
  subjects: Subjects,
  studies: Studies,
): Promise<string[]> {
  const handles: string[] = [];
  if (typeof erased !== "function") {
    for await (const handle of erased) handles.push(handle);
    return handles;
  }
  for (const handle of [...handlesIn(subjects.ids(), subjects.byId), ...handlesIn(studies.ids(), studies.byId)]) {
    if (await erased(handle)) handles.push(handle);
  }
  return handles;
}

/** A row that cannot be read has nothing in it to keep secret, and must not keep the vault from opening. */
function* handlesIn(ids: readonly number[], read: (id: number) => { readonly handle: string }): Generator<string> {
  for (const id of ids) {
    try {
      yield read(id).handle;
    } catch (thrown) {
      if (!(thrown instanceof VaultError && thrown.code === "VAULT_CORRUPT")) throw thrown;
    }
  }
}
