// A program for tests: a node that serves pages and takes what is sent to it over DIMSE, until its parent ends it. It says where, and on being asked how much memory it holds.
// <options as JSON: ServedOptions of src/scratch/served-process.ts>
import { openNode } from "../src/compose.ts";
import { startDimse } from "../src/connections/dimse/dimse-listener.ts";
import { followOrthanc } from "../src/connections/orthanc-feed.ts";
import { processClock } from "../src/intake/clock.ts";
import type { Served, ServedMemory, ServedOptions } from "../src/scratch/served-process.ts";
import { startServer } from "../src/server.ts";

const given = JSON.parse(process.argv[2] ?? "{}") as ServedOptions;
const { data, keys, settleMs, reservedBytes, page, orthanc, httpPort = 0, dicomPort = 0, threads } = given;
const inbox = { settleMs, ...(reservedBytes === undefined ? {} : { reservedBytes }) };
const node = await openNode({ data, keys, create: true, threads, inbox });
const server = await startServer(node, { port: httpPort, host: "127.0.0.1", page });
const dicom = await startDimse(node, { port: dicomPort });
const feed = orthanc && followOrthanc({ ...node, clock: processClock }, node.folder.path, orthanc);

process.on("message", () => {
  const { rss, heapUsed, external } = process.memoryUsage();
  tell({ rss, heapUsed, external, peakRss: process.resourceUsage().maxRSS * 1024 });
});
let isClosing = false;
async function close(): Promise<void> {
  if (isClosing) return;
  isClosing = true;
  await Promise.all([feed?.close(), dicom.close(), server.close()]);
  await node.close();
  if (process.connected) process.disconnect();
}
process.once("SIGTERM", close);
// Whoever started it has gone.
process.once("disconnect", close);
tell({ url: server.url, dicomPort: dicom.port, operatorToken: server.operatorToken });

function tell(what: Served | ServedMemory): void {
  process.send?.(what);
}
