// The program of the API guide does what the guide says: it is taken from the page and run by a process of its own.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { hospital } from "../scratch/scratch-hospital.ts";
import { operatorOf } from "../scratch/scratch-server.ts";
import { startServer } from "../server.ts";

const root = join(import.meta.dirname, "..", "..", "..", "..");
const guide = readFileSync(join(root, "docs", "api-guide.md"), "utf8");

/** The guide's blocks of TypeScript, in a file from which this repository's packages are found. */
function programOfGuide(): string {
  const blocks = [...guide.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block]) => block);
  const folder = join(root, "build", "api-guide");
  mkdirSync(folder, { recursive: true });
  const place = mkdtempSync(join(folder, "run-"));
  onTestFinished(() => rmSync(place, { recursive: true, force: true }));
  const path = join(place, "program.ts");
  writeFileSync(path, blocks.join("\n"));
  return path;
}

test("a machine with a key of its own reads, listens, is refused, states a transfer and proves it", async () => {
  const { scratch, node, study } = await hospital();
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { closingMs: 100 } });
  onTestFinished(() => server.close());
  const added = await operatorOf(server).client.addTokenClient({
    name: "ris",
    scopes: ["statements.submit", "ledger.read"],
  });
  const keyFile = join(scratch.folder, "ris.key");
  await node.operations.software.addKey(added.client, { path: keyFile, passphrase: "" });
  const size = node.store.head().edge.size;
  const program = programOfGuide();
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    env: {
      ...process.env,
      NODE: server.url,
      CLIENT: added.client,
      SECRET: added.secret,
      KEY_FILE: keyFile,
      STUDY: study,
    },
  });
  expect(stdout.trimEnd().split("\n")).toEqual([
    `${size} entries`,
    `the log has ${size} entries`,
    "refused: NOT_ALLOWED, node.operate",
    `entry ${size}, findings: none`,
    "proved, NOT_WITNESSED, RULES_APPLIED_BY_ONE",
  ]);
  expect(node.vault.holders(study)).toContainEqual(expect.objectContaining({ kind: "transfer", where: "ARCHIVE2" }));
});
