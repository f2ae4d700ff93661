// No identifier on the ledger, in tiles, in what the node publishes, or in the clear anywhere but in the stored objects: sought plain and hashed.
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vocabulary } from "@fiducial/contract";
import { parseEntry, utf8Decode } from "@fiducial/core";
import {
  attributeText,
  bytesSource,
  characterSetsOf,
  fingerprint,
  keywordOf,
  readCanonicalHeader,
} from "@fiducial/dicom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { pydicomData, sharedData } from "../../../scripts/shared-data.ts";
import { type OpenNode, openNode } from "./compose.ts";
import { type RunningServer, startServer } from "./server.ts";

const shared = sharedData();
const source = shared === undefined ? pydicomData() : join(shared, "dicom", "valid");
const identifying =
  /^(?:PatientName|PatientID|OtherPatientIDs|PatientBirthDate|PatientAddress|AccessionNumber|StudyID|.*InstanceUID|FrameOfReferenceUID|.*Date|.*DateTime|InstitutionName|InstitutionAddress|ReferringPhysicianName|PerformingPhysicianName|OperatorsName|StudyDescription|SeriesDescription|ImageComments|PatientComments|StationName|DeviceSerialNumber|RequestedProcedureID)$/;

let folder: string;
let node: OpenNode;
let server: RunningServer;
let values: readonly string[];

/** What identifies somebody in a file. Values of fewer than six characters are found everywhere by chance. */
async function identifiersOf(path: string): Promise<string[]> {
  try {
    const { canonicalHeader } = await fingerprint(bytesSource(new Uint8Array(readFileSync(path))));
    const attributes = readCanonicalHeader(canonicalHeader);
    return attributes.flatMap((attribute) => {
      if (!identifying.test(keywordOf(attribute.tag) ?? "")) return [];
      const text = attributeText(attribute, characterSetsOf(attributes) ?? []).trim();
      return [text, ...text.split(/[\\^=]/)].filter((part) => part.length >= 6);
    });
  } catch {
    return [];
  }
}

beforeAll(async () => {
  if (source === undefined) return;
  folder = mkdtempSync(join(tmpdir(), "privacy-"));
  node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true });
  const files = readdirSync(source)
    .map((name) => join(source, name))
    .filter((path) => statSync(path).isFile() && statSync(path).size < 2_000_000);
  await node.ingest(files);
  // Words of the vocabulary ("station") and fillers ("000000000") identify nobody.
  const words = JSON.stringify(vocabulary());
  values = [...new Set((await Promise.all(files.map(identifiersOf))).flat())].filter(
    (value) => !words.includes(value) && !/^(.)\1*$/.test(value),
  );
  server = await startServer(node, { port: 0, host: "127.0.0.1", demo: false });
}, 120_000);
afterAll(async () => {
  if (source === undefined) return;
  await server.close();
  await node.close();
  rmSync(folder, { recursive: true });
});

/** A value as it might stand somewhere: as it is, in UTF-16, and under the hashes that people reach for. */
function spellings(value: string): Buffer[] {
  const hashes = ["sha256", "sha1", "md5"].map((name) => createHash(name).update(value).digest());
  return [
    Buffer.from(value),
    Buffer.from(value, "utf16le"),
    ...hashes,
    ...hashes.flatMap((hash) => [Buffer.from(hash.toString("hex")), Buffer.from(hash.toString("base64"))]),
  ];
}

function found(where: Buffer): string[] {
  return values.filter((value) => spellings(value).some((spelling) => where.includes(spelling)));
}

function publishedEntries(): Buffer {
  const entries = node.store.entries(0, node.store.head().edge.size);
  const payloads = entries.map((bytes) => parseEntry(bytes)?.statement.payload ?? new Uint8Array());
  return Buffer.concat([...entries, ...payloads]);
}

describe.skipIf(source === undefined)("identifiers of real files", () => {
  test("are many, so that the search means something, and it finds what is there", () => {
    expect(values.length).toBeGreaterThan(100);
    expect(found(Buffer.from(`xx${values[3]}yy`))).toContain(values[3]);
    expect(
      found(
        createHash("sha256")
          .update(values[5] as string)
          .digest(),
      ),
    ).toContain(values[5]);
  });

  test("are in no entry", () => {
    expect(found(publishedEntries())).toEqual([]);
  });

  test("are in no file of the node in the clear, but in the stored objects", () => {
    const data = join(folder, "data");
    for (const name of readdirSync(data)) {
      if (name === "objects") continue;
      expect({ name, found: found(readFileSync(join(data, name))) }).toEqual({ name, found: [] });
    }
    for (const name of readdirSync(join(folder, "keys")))
      expect(found(readFileSync(join(folder, "keys", name)))).toEqual([]);
    expect(found(Buffer.from(readdirSync(join(data, "objects"), { recursive: true }).join("\n")))).toEqual([]);
  });

  test("are in nothing that anybody may read: health, policy, kinds, checkpoint, tiles", async () => {
    const log = `/logs/${node.identity.origin}`;
    const { size } = node.store.head().edge;
    for (const path of [
      "/api/v1/health",
      "/api/v1/policy",
      "/api/v1/kinds",
      `${log}/checkpoint`,
      `${log}/tile/0/000.p/${size % 256}`,
    ]) {
      const answer = await fetch(server.url + path);
      expect(answer.status).toBe(200);
      expect(found(Buffer.from(await answer.arrayBuffer()))).toEqual([]);
    }
  });

  test("are in no receipt of a statement, though names of organization and software are", async () => {
    const { studies } = await node.ingest([]);
    expect(studies).toEqual([]);
    const { size } = node.store.head().edge;
    await node.projector.caughtUp(size);
    for (let index = 3; index < size; index += 7) {
      const receipt = await node.receipts.receipt(index);
      expect(found(Buffer.from(receipt))).toEqual([]);
      expect(utf8Decode(Buffer.from(receipt))).toContain("Gateway");
    }
  });
});
