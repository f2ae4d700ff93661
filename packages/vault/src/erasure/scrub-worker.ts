// The thread that rewrites a vault's file. Posts SQLite's result code when it fails; the mark stays, and the next opening tries again.
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";

const { path } = workerData as { path: string };
const sqliteBusy = 5;

try {
  const database = new DatabaseSync(path, { timeout: 30_000 });
  database.exec("PRAGMA synchronous = FULL; VACUUM");
  // VACUUM went through the write-ahead log; until that is emptied, the file itself is the old one.
  const { busy } = database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get() as { busy: number };
  if (busy === 0) database.exec("DELETE FROM meta WHERE name = 'scrub'");
  else parentPort?.postMessage({ errcode: sqliteBusy });
  database.close();
} catch (thrown) {
  parentPort?.postMessage({ errcode: (thrown as { errcode?: number }).errcode ?? 1 });
}
