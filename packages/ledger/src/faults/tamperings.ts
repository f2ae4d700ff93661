// Ways to make a ledger that is not as it should be from one that is.
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { type Head, openStore, type Store } from "../store/store.ts";
import { type Forgery, forgeLedger } from "./forged-ledger.ts";
import { copyLedger } from "./ledger-copy.ts";

/** Writes a ledger to `path`. */
export type Tampering = (path: string) => void;

/** Tamperings with copies of a closed ledger. */
export interface Tamperings {
  /** Written anew by somebody who has the log's key. */
  forged(forgery: Forgery): Tampering;
  /** Changed by SQL; the seal goes, as whoever changes the file would see to, unless the test is about the seal. */
  changed(sql: string, options?: { readonly isSealed: boolean }): Tampering;
  /** Changed through the store. */
  stored(change: (store: Store) => void): Tampering;
  /** With another head, as if that had been written. */
  headed(change: Partial<Head>): Tampering;
  /** With other bytes in its file. */
  overwritten(at: number, bytes: Uint8Array): Tampering;
}

/** Tampers with copies of the ledger at `honest`. */
export function tamperings(honest: string): Tamperings {
  const copied =
    (change: Tampering): Tampering =>
    (path) => {
      copyLedger(honest, path);
      rmSync(`${path}.seal`);
      change(path);
    };

  const stored = (change: (store: Store) => void) =>
    copied((path) => {
      const store = openStore(path);
      change(store);
      store.close();
    });

  return {
    stored,
    forged: (forgery) => (path) => forgeLedger(honest, path, forgery),

    changed: (sql, { isSealed } = { isSealed: false }) =>
      isSealed
        ? (path) => {
            copyLedger(honest, path);
            execute(path, sql);
          }
        : copied((path) => execute(path, sql)),

    headed: (change) => {
      const nothing = { entries: [], tiles: [], writes: [], refusals: [] };
      return stored((store) => store.commit({ head: { ...store.head(), ...change }, ...nothing }));
    },

    overwritten: (at, bytes) =>
      copied((path) => {
        const file = openSync(path, "r+");
        writeSync(file, bytes, 0, bytes.length, at);
        closeSync(file);
      }),
  };
}

function execute(path: string, sql: string): void {
  const database = new DatabaseSync(path);
  database.exec("PRAGMA secure_delete = ON");
  database.exec(sql);
  database.close();
}
