// A program for tests: takes objects in, says which it acknowledged, and lets go of those that the PACS at an address was seen to hold.
// <data> <keys> <address> <first number> <how many> [each: waits for each to go, and ends]
import { createHash } from "node:crypto";
import { writeFileSync, writeSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { openNode } from "../src/compose.ts";
import { numberedObject } from "../src/scratch/numbered-object.ts";

const [data = "", keys = "", url = "", first = "0", most = "0", mode] = process.argv.slice(2);
const node = await openNode({
  ...{ data, keys, create: true, threads: 1 },
  inbox: { settleMs: 30, longestMs: 100 },
  pacs: { qidoUrl: url, wadoUrl: url, pollMs: 1 },
});
const releasing = node.startReleasing();
writeSync(1, "open\n");
for (let number = Number(first); number < Number(first) + Number(most); number++) {
  const bytes = numberedObject(number);
  const digest = createHash("sha256").update(bytes).digest("hex");
  const path = node.objects.newIncoming();
  writeFileSync(path, bytes);
  const received = await node.inbox.receive({ path, connection: "stow" });
  if ("refused" in received) throw new Error(received.refused.code);
  writeSync(1, `took ${number} ${digest}\n`);
  if (mode === "each") while (node.objects.has(digest)) await delay(5);
}
if (mode !== "each") await delay(3_600_000);
await releasing?.close();
await node.close();
