// The child: opens a log as a node does, verification workers included, and says how long that took.
import { directory } from "@fiducial/contract";
import { parseEntry } from "@fiducial/core";
import { verificationPool } from "@fiducial/ledger";
import { openLog } from "../log/opened-log.ts";
import type { Started } from "./start.ts";

const folder = process.argv[2] as string;
const begun = performance.now();
const pool = verificationPool();
const log = openLog(folder, pool);
const head = log.replica.head();
const openMs = performance.now() - begun;
// Workers answer once they are up; a first question to each index brings in what it needs.
const newest = parseEntry(log.store.entry(head.size - 1) ?? new Uint8Array())?.statement;
if (newest === undefined) throw new Error("The log is empty.");
await pool.examine([newest], (id) => directory.key(log.store.state, id));
log.projection.imaging.history(String(newest.content.open["study"]));
if (log.store.indexOf(newest.id) !== head.size - 1) throw new Error("The log does not know its newest entry.");
const started: Started = {
  openMs,
  totalMs: performance.now(),
  residentMB: process.memoryUsage.rss() / 1e6,
};
process.stdout.write(JSON.stringify(started), () => process.exit(0));
