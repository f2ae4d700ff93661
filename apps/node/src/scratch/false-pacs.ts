// A server that answers QIDO-RS and WADO-RS as far as a node asks, and that a test may have answer otherwise. DICOM PS3.18 § 10.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { bytesSource, fingerprint } from "@fiducial/dicom";
import { onTestFinished } from "vitest";

export interface FalsePacs {
  readonly url: string;
  /** Stores an object under its own UIDs, in the place of the one that was there. */
  store(bytes: Uint8Array): Promise<void>;
  /** Takes everything away. */
  clear(): void;
  /** Answers in the place of what is there; returning false leaves it. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Paths that were asked for, with their queries. */
  readonly asked: string[];
  /** What the last request said of itself. */
  lastHeaders(): IncomingMessage["headers"];
  /** Stops answering, and answers again at the same port. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** The boundary of its answers. */
export const pacsBoundary = "part-of-the-false-pacs";

/** Starts one on loopback until the test is over. */
export async function falsePacs(): Promise<FalsePacs> {
  const objects = new Map<string, Uint8Array>();
  let headers: IncomingMessage["headers"] = {};
  const server = createServer((request, response) => {
    pacs.asked.push(request.url ?? "");
    headers = request.headers;
    if (pacs.instead?.(request, response) === true) return;
    const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
    const object = objects.get(pathname);
    if (object !== undefined) return sendObject(response, object);
    const rows = rowsUnder(pathname, [...objects.keys()]);
    if (rows === undefined) return void response.writeHead(404).end();
    const limit = Number(searchParams.get("limit") ?? rows.length);
    sendRows(response, rows.slice(0, limit));
  });
  let port = 0;
  const start = () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await start();
  ({ port } = server.address() as AddressInfo);
  onTestFinished(async () => {
    if (server.listening) await stop();
  });
  const pacs: FalsePacs = {
    url: `http://127.0.0.1:${port}/dicom-web`,
    instead: undefined,
    asked: [],
    store: async (bytes) => void objects.set(await pathOf(bytes), bytes),
    clear: () => objects.clear(),
    lastHeaders: () => headers,
    start,
    stop,
  };
  return pacs;
}

/** Sends an object as the one part of a multipart answer. */
function sendObject(response: ServerResponse, bytes: Uint8Array): void {
  response.writeHead(200, {
    "content-type": `multipart/related; type="application/dicom"; boundary=${pacsBoundary}`,
  });
  response.write(`\r\n--${pacsBoundary}\r\nContent-Type: application/dicom\r\n\r\n`);
  response.write(bytes);
  response.end(`\r\n--${pacsBoundary}--\r\n`);
}

function sendRows(response: ServerResponse, rows: readonly object[]): void {
  if (rows.length === 0) return void response.writeHead(204).end();
  response.writeHead(200, { "content-type": "application/dicom+json" }).end(JSON.stringify(rows));
}

function rowsUnder(pathname: string, paths: readonly string[]): object[] | undefined {
  const uid = (value: string | undefined) => ({ vr: "UI", Value: [value] });
  if (pathname === "/dicom-web/studies")
    return [...new Set(paths.map((path) => path.split("/")[3]))].map((study) => ({ "0020000D": uid(study) }));
  const [, study] = /^\/dicom-web\/studies\/([\d.]+)\/instances$/.exec(pathname) ?? [];
  if (study === undefined) return undefined;
  const own = paths.filter((path) => path.split("/")[3] === study);
  return own.map((path) => ({ "0020000D": uid(study), "00080018": uid(path.split("/")[7]) }));
}

async function pathOf(bytes: Uint8Array): Promise<string> {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid } = (await fingerprint(bytesSource(bytes))).header;
  return `/dicom-web/studies/${studyInstanceUid}/series/${seriesInstanceUid}/instances/${sopInstanceUid}`;
}
