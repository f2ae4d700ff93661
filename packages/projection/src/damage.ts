// Damage that SQLite finds in a projection's file. The file is disposable: it is thrown away, and nothing more is read from it.
import { rmSync } from "node:fs";
import type { DatabaseSync } from "node:sqlite";

/** Makes of what SQLite threw at damage what whoever uses the projection is told. */
export type DamageError = (thrown: unknown) => Error;

/** What may be done with a database until it is found damaged. */
export interface DamageWatch {
  /** Returns `action` so that it throws what `damageError` makes, at the first damage and ever after. */
  watched<Given extends unknown[], Result>(action: (...given: Given) => Result): (...given: Given) => Result;
  /** Returns queries of which each is watched. */
  watchedAll<Queries extends object>(queries: Queries): Queries;
  close(): void;
}

/** Tells whether SQLite found a file damaged: result codes 11 corrupt, 26 not a database. */
export function isDamage(thrown: unknown): boolean {
  return [11, 26].includes(primaryCode(thrown));
}

/** Tells whether tables could not be opened because they are not as they were made: damage, or (result code 1) a schema that says something else. */
export function isForeign(thrown: unknown): boolean {
  return isDamage(thrown) || primaryCode(thrown) === 1;
}

/** Removes a database and what SQLite lays beside it. Nobody may have it open. */
export function removeDatabase(path: string): void {
  for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
}

/** Watches the open database in the file `path`. At the first damage it is closed and removed, so that whoever opens it next begins again. */
export function watchDamage(database: DatabaseSync, path: string, damageError: DamageError): DamageWatch {
  let failure: Error | undefined;

  function watched<Given extends unknown[], Result>(action: (...given: Given) => Result) {
    return (...given: Given): Result => {
      if (failure !== undefined) throw failure;
      try {
        return action(...given);
      } catch (thrown) {
        if (!isDamage(thrown)) throw thrown;
        failure = damageError(thrown);
        database.close();
        removeDatabase(path);
        throw failure;
      }
    };
  }

  return {
    watched,
    watchedAll: (queries) =>
      Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, watched(query)])) as typeof queries,
    close: () => {
      if (failure === undefined) database.close();
    },
  };
}

function primaryCode(thrown: unknown): number {
  return ((thrown as { errcode?: number }).errcode ?? 0) & 0xff;
}
