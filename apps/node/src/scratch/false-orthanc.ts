// A server that answers as an Orthanc does as far as a feed asks, and that a test may have answer otherwise.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

export interface FalseOrthanc {
  readonly url: string;
  /** Adds an instance, or a change of another type when there are no bytes. */
  add(id: string, bytes?: Uint8Array): void;
  /** Takes an instance away; its change stays. */
  remove(id: string): void;
  /** Begins anew, with nothing. */
  reset(): void;
  /** Answers this time in the place of what is there; returning false leaves it. */
  instead: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Paths that were asked for. */
  readonly asked: string[];
}

/** Starts one on loopback until the test is over. */
export async function falseOrthanc(): Promise<FalseOrthanc> {
  let changes: object[] = [];
  let life = 0;
  const files = new Map<string, Uint8Array>();
  const json = (response: ServerResponse, body: object) =>
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    orthanc.asked.push(url.pathname);
    if (orthanc.instead?.(request, response) === true) return;
    if (url.pathname === "/system") return json(response, { Version: "1.10.1", DicomAet: "ORTHANC" });
    if (url.pathname === "/changes") {
      const [since, limit] = ["since", "limit"].map((name) => Number(url.searchParams.get(name)));
      const after = changes.filter((_, at) => at + 1 > (since ?? 0));
      const page = after.slice(0, limit);
      return json(response, { Changes: page, Done: page.length === after.length, Last: (since ?? 0) + page.length });
    }
    const file = files.get(url.pathname.split("/")[2] ?? "");
    return file === undefined ? response.writeHead(404).end() : response.writeHead(200).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const orthanc: FalseOrthanc = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    instead: undefined,
    asked: [],
    add: (id, bytes) => {
      if (bytes !== undefined) files.set(id, bytes);
      const type = bytes === undefined ? "StableSeries" : "NewInstance";
      changes.push({
        ChangeType: type,
        ID: id,
        Seq: changes.length + 1,
        Date: `20261129T0000${life}`,
        Path: `/instances/${id}`,
      });
    },
    remove: (id) => void files.delete(id),
    reset: () => {
      life++;
      changes = [];
      files.clear();
    },
  };
  return orthanc;
}
