// A program for tests: a node that takes what is sent to it over DIMSE, until it is killed. It says its port.
// <data> <keys>
import { openNode } from "../src/compose.ts";
import { startDimse } from "../src/connections/dimse/dimse-listener.ts";

const [data = "", keys = ""] = process.argv.slice(2);
const node = await openNode({ data, keys, create: true, threads: 2, inbox: { settleMs: 60, longestMs: 300 } });
const { port } = await startDimse(node, { port: 0 });
process.stdout.write(`${port}\n`);
