// A program for tests: takes files in, waits until all is quiet, makes the folder that it is told to, and takes more files in.
import { mkdirSync } from "node:fs";
import { openNode } from "../src/compose.ts";

const [data = "", keys = "", mark = "", first = "", ...more] = process.argv.slice(2);
const node = await openNode({ data, keys, create: true, threads: 2 });
await node.ingest([first]);
const { size } = node.store.head().edge;
await Promise.all([node.projector.caughtUp(size), node.publication.covering(size)]);
mkdirSync(mark);
const { instances } = await node.ingest(more);
process.stdout.write(`${instances}\n`);
await node.close();
