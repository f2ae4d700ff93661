// No identifier of a real file is in the ledger, in tiles, in anything that the node publishes, says or prints, nor in the clear in any file of its
// but the stored objects: sought in every spelling, and hashed. DESIGN § 1, promise 3.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pydicomData, sharedData } from "../../../scripts/shared-data.ts";
import { openNode } from "./compose.ts";
import type { IntakeResult } from "./intake/intake.ts";
import { type IdentifierSearch, searchFor } from "./scratch/identifier-search.ts";
import { identifyingValues } from "./scratch/identifying-values.ts";
import {
  answersToStrangers,
  ask,
  entriesOf,
  nodeFiles,
  operatorHeaders,
  type Place,
  refusals,
  surfaces,
} from "./scratch/public-surfaces.ts";
import { filesBelow } from "./scratch/traces.ts";
import { startServer } from "./server.ts";

const shared = sharedData();
const source = shared === undefined ? pydicomData() : join(shared, "dicom", "valid");
const malformed = shared && join(shared, "dicom", "malformed");

let place: Place;
let taken: IntakeResult;
let values: ReadonlySet<string>;
let found: IdentifierSearch;
/** An id of a patient, as whoever looks for one would write it into an address. */
let sought: string;
const printed: Buffer[] = [];
const restore: (() => void)[] = [];

beforeAll(async () => {
  if (source === undefined) return;
  listen();
  const files = filesIn(source).filter((path) => statSync(path).size < 2_000_000);
  const bad = malformed === undefined ? [] : filesIn(malformed);
  // What an empty node holds and says as well identifies nobody: words like "station" or "Image".
  const empty = await open();
  values = await identifyingValues([...files, ...bad]);
  const common = searchFor(values)(Buffer.concat([...(await surfaces(empty, "nobody")).values()]));
  await close(empty);
  expect(common.length).toBeLessThan(values.size / 50);
  values = new Set([...values].filter((value) => !common.includes(value)));
  found = searchFor(values);

  place = await open();
  const cut = join(place.folder, "cut.dcm");
  writeFileSync(cut, readFileSync(files.find((path) => statSync(path).size > 100_000) as string).subarray(0, 5000));
  taken = await place.node.ingest([...files, ...bad, cut, join(place.folder, "not-there")]);
  await place.node.projector.caughtUp(place.node.store.head().edge.size);
  const study = place.node.projection.imaging.studies({ limit: 1 })[0]?.study ?? "";
  sought = place.node.operations.patientOf(study)?.patientId ?? "";
  // What was read is recorded too, with the series that it was of.
  const [statement] = place.node.vault.statementsOf(study);
  const { status } = await ask(place, "GET", `/api/v1/studies/${study}/objects/${statement}/0`, operatorHeaders(place));
  expect(status).toBe(200);
}, 240_000);
afterAll(async () => {
  if (source === undefined) return;
  for (const undo of restore) undo();
  await close(place);
});

describe.skipIf(source === undefined)("identifiers of real files", () => {
  test("are many, and the search finds them where they may be: in the stored objects, and in what a member is told", async () => {
    expect(values.size).toBeGreaterThan(shared === undefined ? 300 : 2000);
    expect(sought.length).toBeGreaterThan(2);
    const objects = filesBelow(join(place.folder, "data", "objects")).map((path) => readFileSync(path));
    expect(found(Buffer.concat(objects)).length).toBeGreaterThan(values.size / 3);
    const { body } = await ask(place, "GET", "/api/v1/studies?limit=200", operatorHeaders(place));
    expect(found(body).length).toBeGreaterThan(20);
  });

  test("are in no entry", () => {
    expect(found(entriesOf(place.node))).toEqual([]);
  });

  test("are in no file of the node and in no file's name, but in the stored objects", async () => {
    const files = nodeFiles(place);
    const names = [...files.keys()].map((name) => name.replace(/-\w+\.tmp$/, ""));
    expect(names).toEqual(
      expect.arrayContaining([
        "data/ledger.db",
        "data/vault.db",
        "data/vault.db-wal",
        "data/projection.db",
        "data/running.json",
      ]),
    );
    expect(findings(files)).toEqual([]);
    expect(
      found(
        Buffer.from(
          filesBelow(place.folder)
            .map((path) => path.slice(place.folder.length))
            .join("\n"),
        ),
      ),
    ).toEqual([]);
  });

  test("are in nothing that a stranger is told, whatever is asked", async () => {
    expect(findings(await answersToStrangers(place, sought))).toEqual([]);
  });

  test("are in no answer that refuses, even to a member whose question holds them", async () => {
    expect(findings(await refusals(place, sought))).toEqual([]);
  });

  test("are in no word about a file that is refused", () => {
    expect(taken.refused.length).toBeGreaterThan(malformed === undefined ? 1 : 14);
    for (const { code, message } of taken.refused)
      expect([code, found(Buffer.from(`${code} ${message}`))]).toEqual([code, []]);
  });

  test("are in no receipt that shows nothing", async () => {
    const { node } = place;
    for (let index = 0; index < node.store.head().edge.size; index++) {
      const receipt = JSON.parse(await node.receipts.receipt(index)) as Record<string, unknown>;
      expect(found(Buffer.from(JSON.stringify({ ...receipt, disclosures: undefined })))).toEqual([]);
    }
  });

  test("are in no backup but in its objects", async () => {
    const backup = join(place.folder, "backup");
    await place.node.operations.backUp(backup);
    const files = filesBelow(backup).filter((path) => extname(path) !== ".dcm");
    expect(files.length).toBeGreaterThan(2);
    expect(findings(new Map(files.map((path) => [path, readFileSync(path)])))).toEqual([]);
    rmSync(backup, { recursive: true });
  });

  test("are in nothing that the process printed", () => {
    expect(found(Buffer.concat(printed))).toEqual([]);
  });

  test("are in no file after the node is closed", async () => {
    await place.server.close();
    await place.node.close();
    expect(findings(nodeFiles(place))).toEqual([]);
  });
});

async function open(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), "privacy-"));
  const node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true });
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  node.folder.announce(server.url);
  return { folder, node, server };
}

async function close({ server, node, folder }: Place): Promise<void> {
  await server.close();
  await node.close().catch(() => {});
  rmSync(folder, { recursive: true, force: true });
}

/** Keeps what is printed from now on; it is printed all the same. */
function listen(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream);
    stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
      printed.push(Buffer.from(chunk as string));
      return write(chunk, ...rest);
    }) as typeof stream.write;
    restore.push(() => {
      stream.write = write;
    });
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name !== "DICOMDIR" ? [join(folder, entry.name)] : [],
  );
}

function findings(where: ReadonlyMap<string, Buffer>): string[] {
  return [...where].flatMap(([name, bytes]) => found(bytes).map((value) => `${name}: ${value}`));
}
