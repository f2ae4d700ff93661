// DCMTK sends real objects: what arrives is what it sent, byte for byte where it does not encode anew itself, and never altered.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { bytesSource, compare, createPixelDecoder, type FingerprintedObject, fingerprint } from "@fiducial/dicom";
import { smallObject } from "@fiducial/dicom/phantom";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectionBoard } from "../../apps/node/src/connections/connection-board.ts";
import { startDimse } from "../../apps/node/src/connections/dimse/dimse-listener.ts";
import { type PeerOptions, putPeers } from "../../apps/node/src/connections/dimse/peers.ts";
import { certificates, hasOpenssl } from "../../apps/node/src/scratch/certificates.ts";
import { scratchListener } from "../../apps/node/src/scratch/scratch-listener.ts";
import { scratchNode } from "../../apps/node/src/scratch/scratch-node.ts";
import { soon } from "../../apps/node/src/scratch/scratch-server.ts";
import { readFileMeta } from "../../packages/dicom/src/reading/file-meta.ts";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { hasDcmtk, run, startStorescp } from "./programs.ts";

const decoder = createPixelDecoder();
const folder = mkdtempSync(join(tmpdir(), "fiducial-dimse-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const called = ["-aet", "CT1", "-aec", "FIDUCIAL", "127.0.0.1"];
const sending = ["--max-pdu", "131072", "-dn", "-nuc", ...called];

describe.skipIf(!hasDcmtk)("DCMTK", () => {
  test("echoes", async () => {
    const { port, line } = await scratchListener();
    expect(await run("echoscu", "--repeat", "5", ...called, String(port))).toEqual({ status: 0, said: "" });
    expect(line("dimse:ct1")).toMatchObject({ state: "works" });
    const wrong = await run("echoscu", "-v", "-aec", "OTHER", "127.0.0.1", String(port));
    expect([wrong.status === 0, wrong.said.includes("Called AE Title Not Recognized")]).toEqual([false, true]);
  });

  test("answers a test echo, in plain and over TLS, and one without the certificate that it asks for is told as such", async () => {
    const plain = await startStorescp(join(folder, "echoed"));
    const host = "127.0.0.1";
    const peer = { id: "archive", host, calledAe: "ARCHIVE", callingAe: "FIDUCIAL" };
    const tested = async (given: Partial<PeerOptions> & { readonly port: number }) => {
      const board = connectionBoard(Date.now);
      putPeers(board, [{ ...peer, ...given }]);
      return (await board.test("dimse:archive")).lastTest?.code ?? "answered";
    };
    expect(await tested(plain)).toBe("answered");
    expect(await tested({ ...plain, tls: {} })).toBe("DIMSE_TLS_FAILED");
    if (!hasOpenssl) return;
    const { server, client, authority } = certificates(folder);
    const as = ({ keyFile, certFile }: typeof server) => ["+tls", keyFile, certFile, "+cf", authority.certFile];
    const secure = await startStorescp(join(folder, "echoed-tls"), as(server), as(client));
    const ca = authority.cert;
    expect(await tested({ ...secure, tls: { ca, key: client.key, cert: client.cert } })).toBe("answered");
    expect(await tested({ ...secure, tls: { ca } })).toBe("DIMSE_TLS_FAILED");
    expect(["DIMSE_ABORTED", "DIMSE_NO_ANSWER"]).toContain(await tested({ ...secure, timeoutMs: 500 }));
  });

  test("sends a study in one association, which a node registers once", async () => {
    const node = await scratchNode().open({ inbox: { settleMs: 1 } });
    const listener = await startDimse(node, { port: 0 });
    const files = Array.from({ length: 40 }, (_, at) => {
      const path = join(folder, `study-${at}.dcm`);
      writeFileSync(path, smallObject({ seed: `${at}`, attributes: { StudyInstanceUID: "2.25.99" } }));
      return path;
    });
    expect((await run("dcmsend", ...sending, String(listener.port), ...files)).status).toBe(0);
    expect((await run("storescu", ...called, String(listener.port), ...files)).status).toBe(0);
    await soon(() => expect(node.inbox.standing().objects).toBe(0));
    expect([...node.objects.digests()]).toHaveLength(40);
    for (const file of files.slice(0, 3)) expect(await node.verify(file)).toMatchObject({ verdict: "identical" });
    await listener.close();
  });

  test("eight of it at once", async () => {
    const { port, received } = await scratchListener();
    const files = Array.from({ length: 25 }, (_, at) => join(folder, `study-${at}.dcm`));
    for (const [at, file] of files.entries()) writeFileSync(file, smallObject({ seed: `${at}` }));
    const ends = await Promise.all(Array.from({ length: 8 }, () => run("dcmsend", ...sending, String(port), ...files)));
    expect(ends.map(({ status }) => status)).toEqual(Array(8).fill(0));
    expect(received).toHaveLength(200);
  });

  test.skipIf(!hasOpenssl)("over TLS, where both sides know each other", async () => {
    const { server, client, authority, stranger } = certificates(folder);
    const tls = { ...server, ca: authority.cert, requireClientCertificate: true };
    const { port, received } = await scratchListener({ tls });
    const file = join(folder, "tls.dcm");
    writeFileSync(file, smallObject());
    const as = (key: string, cert: string) => [
      "+tls",
      key,
      cert,
      "+cf",
      authority.certFile,
      "-aec",
      "FIDUCIAL",
      "127.0.0.1",
      String(port),
    ];
    expect(await run("echoscu", ...as(client.keyFile, client.certFile))).toEqual({ status: 0, said: "" });
    expect((await run("storescu", ...as(client.keyFile, client.certFile), file)).status).toBe(0);
    expect(received).toHaveLength(1);
    expect((await run("echoscu", ...as(stranger.keyFile, stranger.certFile))).status).not.toBe(0);
    expect((await run("echoscu", "-aec", "FIDUCIAL", "127.0.0.1", String(port))).status).not.toBe(0);
  });
});

const anotherSlice = /^(?:series-mr-(?:0[2-9]|1\d)|ct3-0[23])\.dcm$/;
const shared = sharedData();
const paths = [
  ...filesIn(shared && join(shared, "dicom", "valid")).filter((path) => !anotherSlice.test(basename(path))),
  ...filesIn(pydicomData()),
];

function filesIn(path: string | undefined): string[] {
  if (path === undefined) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(path, entry.name)] : [],
  );
}

interface RealObject {
  readonly path: string;
  readonly registered: FingerprintedObject;
  readonly dataSet: Buffer;
}

async function realObject(path: string): Promise<RealObject[]> {
  const bytes = readFileSync(path);
  const registered = await fingerprint(bytesSource(bytes), { decoder }).catch(() => undefined);
  // DCMTK keeps one of two elements with the same tag, and so changes the object.
  if (registered === undefined || registered.fingerprint.notes.includes("DUPLICATE_ELEMENT")) return [];
  return [{ path, registered, dataSet: await dataSetOf(bytes) }];
}

async function dataSetOf(bytes: Buffer): Promise<Buffer> {
  return bytes.subarray((await readFileMeta(bytesSource(bytes))).dataSetStart);
}

describe.skipIf(!hasDcmtk || paths.length === 0)("what DCMTK sends of real objects", () => {
  let objects: readonly RealObject[] = [];
  beforeAll(async () => {
    objects = (await Promise.all(paths.map(realObject))).flat();
  });

  test("arrives as it was, or as DCMTK encodes it anew", async () => {
    const { port, received } = await scratchListener();
    const counts = { sent: 0, sameBytes: 0, sameSyntax: 0 };
    for (const { path, registered, dataSet } of objects) {
      const before = received.length;
      await run("dcmsend", ...sending, String(port), path);
      const arrived = received[before]?.bytes;
      if (arrived === undefined) continue;
      counts.sent += 1;
      const candidate = await fingerprint(bytesSource(arrived), { decoder });
      const { verdict, harmless } = compare(
        [{ fingerprint: registered.fingerprint, attributes: registered }],
        candidate,
      );
      expect([basename(path), verdict, harmless]).toEqual([basename(path), "identical", true]);
      counts.sameSyntax += candidate.fingerprint.transferSyntaxUid === registered.fingerprint.transferSyntaxUid ? 1 : 0;
      counts.sameBytes += (await dataSetOf(arrived)).equals(dataSet) ? 1 : 0;
    }
    console.log(`dcmsend: ${JSON.stringify(counts)} of ${objects.length}`);
    expect(counts.sent).toBeGreaterThan(objects.length * 0.8);
    expect(counts.sameSyntax).toBeGreaterThan(counts.sent * 0.8);
    expect(counts.sameBytes).toBeGreaterThan(counts.sent * 0.4);
  }, 600_000);

  test("arrives as in DCMTK's own receiver that keeps every byte", async () => {
    const { port, received } = await scratchListener();
    const other = await startStorescp(join(folder, "storescp"));
    let compared = 0;
    for (const { path } of objects) {
      const before = received.length;
      await run("dcmsend", ...sending, String(port), path);
      await run("dcmsend", ...sending, String(other.port), path);
      const [ours, theirs] = [received[before]?.bytes, other.taken()];
      if (ours === undefined || theirs === undefined) continue;
      compared += 1;
      expect((await dataSetOf(ours)).equals(await dataSetOf(theirs)), basename(path)).toBe(true);
    }
    expect(compared).toBeGreaterThan(objects.length * 0.7);
  }, 600_000);
});
