// Everything behind a vault's door, opened on one database and one set of keys.
import type { DatabaseSync } from "node:sqlite";
import type { VaultKeys } from "./encryption/vault-keys.ts";
import { type Destroy, openDestruction } from "./erasure/destruction.ts";
import { type HeaderCollections, openHeaderCollections } from "./statements/header-collection.ts";
import { type Lists, openLists } from "./statements/lists.ts";
import { type Objects, openObjects } from "./statements/objects.ts";
import { openParts, type Parts } from "./statements/parts.ts";
import { type RecentReadings, recentReadings } from "./store/recent-readings.ts";
import { openTransactions, type Transactions } from "./store/transactions.ts";
import { type Holders, openHolders } from "./subjects/holders.ts";
import { openScopeKeys, type ScopeKeys } from "./subjects/scope-keys.ts";
import { openStudies, type Studies } from "./subjects/studies.ts";
import { openSubjects, type Subjects } from "./subjects/subjects.ts";

/** The rooms of a vault. */
export interface Rooms {
  readonly transactions: Transactions;
  readonly subjects: Subjects;
  readonly scopeKeys: ScopeKeys;
  readonly studies: Studies;
  readonly holders: Holders;
  readonly lists: Lists;
  readonly objects: Objects;
  readonly collections: HeaderCollections;
  readonly parts: Parts;
  readonly recent: RecentReadings;
  readonly destroy: Destroy;
}

/** Opens them. */
export function openRooms(database: DatabaseSync, keys: VaultKeys): Rooms {
  const transactions = openTransactions(database);
  const subjects = openSubjects(database, keys);
  const scopeKeys = openScopeKeys(database, keys);
  const studies = openStudies(database, keys, subjects);
  const holders = openHolders(database, studies);
  const lists = openLists(database);
  const objects = openObjects(database, keys);
  const collections = openHeaderCollections(transactions, subjects, lists);
  const parts = openParts(database, keys, { subjects, studies, lists, objects, collections });
  const recent = recentReadings(database);
  const destroy = openDestruction(database, keys, { subjects, studies, holders });
  return { transactions, subjects, scopeKeys, studies, holders, lists, objects, collections, parts, recent, destroy };
}
