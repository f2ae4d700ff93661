// Peers: on the board from the start, and what a test echo says of each way in which a system may not answer.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { certificates, hasOpenssl } from "../../scratch/certificates.ts";
import { store } from "../../scratch/dimse-sender.ts";
import { scratchListener } from "../../scratch/scratch-listener.ts";
import { connectionBoard } from "../connection-board.ts";
import { putPeers } from "./peers.ts";

const host = "127.0.0.1";

/** A board with one peer, and what a test of it says. */
async function tested(peer: Partial<Parameters<typeof putPeers>[1][number]> & { readonly port: number }) {
  const board = connectionBoard(Date.now);
  putPeers(board, [{ id: "archive", host, calledAe: "FIDUCIAL", callingAe: "US", ...peer }]);
  const [{ id = "" } = {}] = board.list();
  return board.test(id);
}

/** A port at which connections are taken and handed to `take`. */
async function port(take: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}));
    take(socket);
  }).listen(0, host);
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

test("are on the board before anything came of them, and one that sends has one line for both", async () => {
  const { board, port } = await scratchListener();
  putPeers(board, [
    { id: "ct-1", host, port, calledAe: "CT1", callingAe: "FIDUCIAL" },
    { id: "archive", host, port, calledAe: "FIDUCIAL", callingAe: "CT1" },
    { id: "other", host, port: 1, calledAe: "FIDUCIAL", callingAe: "CT1" },
  ]);
  const at = { type: "dimse", state: "idle", received: 0, canTest: true };
  expect(board.list()).toMatchObject([
    { ...at, id: "dimse:-peer:other", name: "FIDUCIAL (other)" },
    { ...at, id: "dimse:ct1", name: "CT1 (ct-1)" },
    { ...at, id: "dimse:fiducial", name: "FIDUCIAL (archive)" },
  ]);
  await store({ port }, Buffer.from((await import("@fiducial/dicom/phantom")).smallObject()));
  expect(board.list()).toMatchObject([{}, { id: "dimse:ct1", name: "CT1 (ct-1)", received: 1, canTest: true }, {}]);
});

test("a test says how long the answer took", async () => {
  const { port } = await scratchListener();
  const { state, lastTest } = await tested({ port });
  expect([state, lastTest]).toEqual(["idle", { atMs: expect.any(Number), tookMs: expect.any(Number) }]);
  expect(lastTest?.tookMs).toBeGreaterThan(0);
});

test.each([
  ["DIMSE_CALLING_AE_REFUSED", { callingAe: "STRANGER" }],
  ["DIMSE_CALLED_AE_REFUSED", { calledAe: "OTHER" }],
])("%s is told of a system that knows one of both titles only", async (code, peer) => {
  const { port } = await scratchListener({ callers: [{ aeTitle: "US" }] });
  const { state, lastTest } = await tested({ port, ...peer });
  expect([state, lastTest?.code]).toEqual(["idle", code]);
});

test("a system that is full, that is not there, or is another program, is told as such", async () => {
  const full = await scratchListener({ limits: { associations: 0 } });
  const gone = await port(() => {});
  const code = async (peer: Parameters<typeof tested>[0]) => (await tested(peer)).lastTest?.code;
  expect(await code({ port: full.port })).toBe("DIMSE_REJECTED");
  expect(await code({ port: await port((socket) => socket.destroy()) })).toBe("DIMSE_ABORTED");
  expect(await code({ port: await port((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")) })).toBe(
    "DIMSE_ABORTED",
  );
  expect(await code({ port: gone, timeoutMs: 50 })).toBe("DIMSE_NO_ANSWER");
  expect(await code({ port: gone, timeoutMs: 50, tls: {} })).toBe("DIMSE_TLS_FAILED");
  expect(await code({ port: 1 })).toBe("DIMSE_UNREACHABLE");
  expect(await code({ port: 1, host: "there-is-no-such-host.invalid" })).toBe("DIMSE_UNREACHABLE");
});

test.skipIf(!hasOpenssl)("by TLS, a system that is not trusted, or does not trust, is told as such", async () => {
  const folder = mkdtempSync(join(tmpdir(), "peers-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const { server, authority, client, stranger } = certificates(folder);
  const { port } = await scratchListener({
    tls: { ...server, ca: authority.cert, requireClientCertificate: true },
  });
  const code = async (tls: object) => (await tested({ port, tls })).lastTest?.code ?? "answered";
  const ca = authority.cert;
  expect(await code({ ca, key: client.key, cert: client.cert })).toBe("answered");
  expect(await code({ ca, key: stranger.key, cert: stranger.cert })).toBe("DIMSE_TLS_FAILED");
  expect(await code({ ca })).toBe("DIMSE_TLS_FAILED");
  expect(await code({ ca: stranger.cert })).toBe("DIMSE_TLS_FAILED");
});
