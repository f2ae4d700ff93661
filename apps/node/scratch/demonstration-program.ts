// A program for tests: opens a demonstration whose real time is given, and writes a line for each day that was told.
import { writeSync } from "node:fs";
import { demoFolder, openDemonstration } from "../src/demo/demonstration.ts";

const [data = "", keys = "", nowMs = ""] = process.argv.slice(2);
const node = await openDemonstration(
  { data, keys, create: true, threads: 1, nowMs: () => Number(nowMs), ...demoFolder },
  { progress: (done) => writeSync(1, `${done}\n`) },
);
await node.close();
