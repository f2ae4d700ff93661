// Destroying subjects and studies: their keys and every row that leads to them. The tables cascade; nothing is remembered.
import type { DatabaseSync } from "node:sqlite";
import { isHex } from "@fiducial/core";
import type { VaultKeys } from "../encryption/vault-keys.ts";
import type { HolderOf, Holders } from "../subjects/holders.ts";
import type { Studies } from "../subjects/studies.ts";
import type { Subjects } from "../subjects/subjects.ts";
import { VaultError } from "../vault-error.ts";

/** What was destroyed, and who holds copies still. */
export interface Forgotten {
  /** Rows deleted; 0 when there was nothing to destroy. */
  readonly rows: number;
  /** Handles of the studies that went. */
  readonly studies: readonly string[];
  readonly holders: readonly HolderOf[];
}

/** Destroys what stands under these handles, of subjects and of studies, in the caller's transaction; others are passed over. */
export type Destroy = (handles: readonly string[]) => Forgotten;

/** What destruction reads before it deletes. */
export interface DestructionRooms {
  readonly subjects: Subjects;
  readonly studies: Studies;
  readonly holders: Holders;
}

/** Prepares destruction. */
export function openDestruction(
  database: DatabaseSync,
  keys: VaultKeys,
  { subjects, studies, holders }: DestructionRooms,
): Destroy {
  const sql = {
    subject: database.prepare("DELETE FROM subject WHERE lookup = ?"),
    study: database.prepare("DELETE FROM study WHERE lookup = ?"),
    changes: database.prepare("SELECT total_changes() AS rows"),
    mark: database.prepare("INSERT OR REPLACE INTO meta (name, value) VALUES ('scrub', x'01')"),
  };
  const changes = () => (sql.changes.get() as { rows: number }).rows;

  function survey(handle: string): Pick<Forgotten, "studies" | "holders"> {
    const subject = readable(() => subjects.find(handle));
    if (subject !== undefined) {
      const list = readable(() => studies.ofSubject(subject)) ?? [];
      return { studies: list.map((study) => study.handle), holders: readable(() => holders.ofSubject(subject)) ?? [] };
    }
    const study = readable(() => studies.find(handle));
    return study === undefined
      ? { studies: [], holders: [] }
      : { studies: [handle], holders: readable(() => holders.ofStudy(study)) ?? [] };
  }

  return (handles) => {
    if (!handles.every((handle) => isHex(handle, 16))) throw new VaultError("VALUE_MALFORMED", { value: "handle" });
    const surveys = handles.map(survey);
    const before = changes();
    for (const handle of handles) {
      sql.subject.run(keys.lookup("subject", handle));
      sql.study.run(keys.lookup("study", handle));
    }
    const rows = changes() - before;
    if (rows > 0) sql.mark.run();
    return {
      rows,
      studies: [...new Set(surveys.flatMap((one) => one.studies))],
      holders: surveys.flatMap((one) => one.holders),
    };
  };
}

/** Damage must not keep anything from being destroyed: what cannot be read is deleted unread. */
function readable<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof VaultError && thrown.code === "VAULT_CORRUPT") return undefined;
    throw thrown;
  }
}
