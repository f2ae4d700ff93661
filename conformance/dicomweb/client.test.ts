// dicomweb-client and curl against a node: what they store they find, and get back byte for byte.

import { execFile, execFileSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { bytesSource, readObject } from "@fiducial/dicom";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type OpenNode, openNode } from "../../apps/node/src/compose.ts";
import { operatorLine, operatorOf } from "../../apps/node/src/scratch/scratch-server.ts";
import { type RunningServer, startServer } from "../../apps/node/src/server.ts";
import { sharedData } from "../../scripts/shared-data.ts";
import { pythonWith } from "../python.ts";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "fiducial-dicomweb-"));
const python = await pythonWith("dicomweb");
const curl = hasCurl();
const rounds = await roundsOf([
  ...phantoms(),
  ...globSync(join(sharedData() ?? "none", "dicom", "valid", "*.dcm")).sort(),
]);

/** Objects that pydicom or its client cannot handle, with what keeps them. */
const beyondTheClient: Readonly<Record<string, string>> = {
  "seg-deflated-frame.dcm": "pydicom does not know Deflated Image Frame Compression",
  "us-mf-jpegxl.dcm": "pydicom does not know JPEG XL",
};
/** Objects of which no picture is made: a lossy frame under the name of a lossless encoding. */
const withoutPicture = ["op.dcm picture: 406"];

let node: OpenNode;
let server: RunningServer;
beforeAll(async () => {
  const names = { data: join(folder, "data"), keys: join(folder, "keys") };
  node = await openNode({ ...names, create: true, threads: 2, inbox: { settleMs: 200 } });
  server = await startServer(node, { port: 0, host: "127.0.0.1" });
});
afterAll(async () => {
  await server?.close();
  await node?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(rounds.map((round, at) => ({ round, at })))("round $at", ({ round }) => {
  test.skipIf(!curl)("curl stores every file in one request, and gets each back byte for byte", async () => {
    const answer = join(folder, "answer.json");
    const type = 'Content-Type: multipart/related; type="application/dicom"; boundary=curl-boundary';
    const post = [
      "-sS",
      "-o",
      answer,
      "-w",
      "%{http_code}",
      "-H",
      type,
      "-H",
      operatorLine(server),
      "--data-binary",
      `@${bodyOf(round)}`,
    ];
    const { stdout } = await run("curl", [...post, `${server.url}/dicomweb/studies`]);
    expect(stdout).toBe("200");
    const model = JSON.parse(readFileSync(answer, "utf8")) as Record<string, { Value?: unknown[] }>;
    expect(model["00081199"]?.Value).toHaveLength(round.length);
    await settled();
    for (const file of round) {
      const bytes = readFileSync(file);
      const got = join(folder, "got.dcm");
      const accept = "Accept: application/dicom; transfer-syntax=*";
      await run("curl", ["-sSf", "-o", got, "-H", accept, "-H", operatorLine(server), await addressOf(bytes)]);
      expect([basename(file), readFileSync(got).equals(bytes)]).toEqual([basename(file), true]);
    }
  });

  test.skipIf(!curl || "missing" in python)(
    `dicomweb-client finds them, and retrieves objects, metadata, frames, values and pictures${"missing" in python ? ` (${python.missing})` : ""}`,
    async () => {
      const known = round.filter((file) => beyondTheClient[basename(file)] === undefined);
      const lines = (await client("check", known)) as { file: string; [what: string]: unknown }[];
      expect(lines).toHaveLength(known.length);
      const wrong = lines.flatMap(({ file, ...found }) =>
        Object.entries(found).flatMap(([what, value]) =>
          value === true || value === 1 ? [] : [`${basename(file)} ${what}: ${value}`],
        ),
      );
      expect(wrong.filter((one) => !withoutPicture.includes(one))).toEqual([]);
    },
  );
});

test.skipIf("missing" in python)("dicomweb-client stores", async () => {
  expect(await client("store", phantoms())).toEqual([{ stored: 2, failed: 0 }]);
});

async function client(step: string, paths: readonly string[]): Promise<unknown[]> {
  const program = join(import.meta.dirname, "client.py");
  const { path } = python as { path: string };
  const { stdout } = await run(path, [program, step, `${server.url}/dicomweb`, ...paths], {
    maxBuffer: 2 ** 26,
    env: { ...process.env, FIDUCIAL_TOKEN: server.operatorToken },
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
}

async function settled(): Promise<void> {
  await vi.waitFor(() => expect(node.inbox.standing().objects).toBe(0), { timeout: 60_000, interval: 100 });
  await node.projector.caughtUp(node.store.head().edge.size);
}

/** Puts files into a multipart body, by hand. RFC 2046 § 5.1.1. */
function bodyOf(paths: readonly string[]): string {
  const parts = paths.flatMap((path) => [
    Buffer.from("--curl-boundary\r\nContent-Type: application/dicom\r\n\r\n"),
    readFileSync(path),
    Buffer.from("\r\n"),
  ]);
  const body = join(folder, "body");
  writeFileSync(body, Buffer.concat([...parts, Buffer.from("--curl-boundary--\r\n")]));
  return body;
}

async function addressOf(bytes: Buffer): Promise<string> {
  const { sopInstanceUid } = await readObject(bytesSource(bytes));
  const found = await operatorOf(server).request(`/dicomweb/instances?SOPInstanceUID=${sopInstanceUid}`);
  const [row] = (await found.json()) as Record<string, { Value: string[] }>[];
  return row?.["00081190"]?.Value[0] ?? "none";
}

function phantoms(): string[] {
  return ["one", "two"].map((seed) => {
    const path = join(folder, `${seed}.dcm`);
    writeFileSync(path, smallObject({ seed, attributes: { PatientName: "Bergström^Anneliese" } }));
    return path;
  });
}

function hasCurl(): boolean {
  try {
    execFileSync("curl", ["--version"]);
    return true;
  } catch {
    return false;
  }
}

/** Of several files of one object the node gives the newest: each round has one. */
async function roundsOf(paths: readonly string[]): Promise<string[][]> {
  const found: { uids: Set<string>; paths: string[] }[] = [];
  for (const path of paths) {
    const { sopInstanceUid, studyInstanceUid } = await readObject(bytesSource(readFileSync(path)));
    // An object that is of no study has no address.
    if (studyInstanceUid === "") continue;
    const free = found.find(({ uids }) => !uids.has(sopInstanceUid));
    const round = free ?? { uids: new Set<string>(), paths: [] };
    if (free === undefined) found.push(round);
    round.uids.add(sopInstanceUid);
    round.paths.push(path);
  }
  return found.map((round) => round.paths);
}
