// A program for tests: sends objects into its own inbox, several at a time and some of them again, and says which it acknowledged.
// <data> <keys> <first number> <how many>
import { createHash } from "node:crypto";
import { writeFileSync, writeSync } from "node:fs";
import { smallObject } from "@fiducial/dicom/phantom";
import { openNode } from "../src/compose.ts";

const [data = "", keys = "", first = "0", most = "0"] = process.argv.slice(2);
const node = await openNode({ data, keys, create: true, threads: 2, inbox: { settleMs: 60, longestMs: 300 } });
const end = Number(first) + Number(most);
let next = Number(first);

async function send(number: number): Promise<void> {
  const study = `2.25.${1000 + Math.floor(number / 7)}`;
  const uid = `${study}.${number}`;
  const bytes = smallObject({
    seed: String(number),
    attributes: {
      PatientID: `P${study}`,
      StudyInstanceUID: study,
      SOPInstanceUID: uid,
      SeriesInstanceUID: `${study}.1`,
    },
  });
  const path = node.objects.newIncoming();
  writeFileSync(path, bytes);
  const received = await node.inbox.receive({ path, connection: "stow" });
  const said = "refused" in received ? `refused ${received.refused.code}` : `took ${uid} ${study}`;
  writeSync(1, `${said} ${createHash("sha256").update(bytes).digest("hex")}\n`);
}

async function sendOn(): Promise<void> {
  while (next < end) {
    const number = next++;
    await send(number);
    if (number % 5 === 0) await send(number);
  }
}

writeSync(1, "open\n");
await Promise.all([sendOn(), sendOn(), sendOn(), sendOn()]);
await node.close();
