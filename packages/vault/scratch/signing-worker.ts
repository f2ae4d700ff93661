// A process that raises a log's high-water mark until it is killed, and says each mark once it is durable.
import { writeSync } from "node:fs";
import { environmentProtector } from "../src/keyring/environment-protector.ts";
import { openKeyring } from "../src/keyring/keyring.ts";

const [folder] = process.argv.slice(2) as [string];
const mark = openKeyring(folder, environmentProtector()).highWater("log");
for (let size = (mark.read()?.size ?? 0) + 1; ; size++) {
  mark.write({ size, rootHash: size.toString(16).padStart(64, "0") });
  writeSync(1, `${size}\n`);
}
