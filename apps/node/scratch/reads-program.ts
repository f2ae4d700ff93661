// A program for tests: records reads as fast as it can, each by a reader of its own, and writes the reader's number when the read may be answered. From the given number on the ledger takes none.
import { writeSync } from "node:fs";
import { openNode } from "../src/compose.ts";

const [data = "", keys = "", stoppedFrom = ""] = process.argv.slice(2);
const node = await openNode({ data, keys, create: true, threads: 1 });
const stopped = Number(stoppedFrom);
const { submit } = node.replica;
const told = { count: 0 };
Object.assign(node.replica, {
  submit: (statements: Parameters<typeof submit>[0]) =>
    told.count >= stopped ? Promise.reject(new Error("the disk is gone")) : submit(statements),
});

async function readOn(): Promise<never> {
  for (;;) {
    const reader = told.count++;
    const actor = reader.toString(16).padStart(32, "0");
    await node.access.before({
      caller: { type: "person", subject: actor, actor, name: "", roles: ["radiologist"], session: actor },
      what: "study-list",
      action: "view",
    });
    writeSync(1, `${reader}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, readOn));
