// A server of a node of its own, with narrow limits, for tests.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type ApiClient, ApiError, apiClient } from "@fiducial/api";
import { smallObject } from "@fiducial/dicom/phantom";
import { onTestFinished, vi } from "vitest";
import type { OpenNode } from "../compose.ts";
import { type RunningServer, startServer } from "../server.ts";
import type { ServerLimits } from "../serving/limits.ts";
import { type ScratchNode, scratchNode } from "./scratch-node.ts";

/** A server, and who asks it. */
export interface ScratchServer {
  readonly scratch: ScratchNode;
  readonly node: OpenNode;
  readonly server: RunningServer;
  /** With the operator's token. */
  readonly client: ApiClient;
  /** A request with the operator's token. */
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** Serves a new node until the test is over. */
export async function serve(limits: Partial<ServerLimits>): Promise<ScratchServer> {
  const scratch = scratchNode();
  const node = await scratch.open();
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { closingMs: 100, ...limits } });
  onTestFinished(() => server.close());
  return { scratch, node, server, ...operatorOf(server) };
}

/** The header line by which a server knows its operator. */
export function operatorLine({ operatorToken }: RunningServer): string {
  return `Authorization: Bearer ${operatorToken}`;
}

/** Asks a server as its operator. */
export function operatorOf({ url, operatorToken }: RunningServer): Pick<ScratchServer, "client" | "request"> {
  const bearer = { authorization: `Bearer ${operatorToken}` };
  return {
    client: apiClient({ baseUrl: url, token: operatorToken }),
    request: (path, init = {}) => fetch(url + path, { ...init, headers: { ...bearer, ...init.headers } }),
  };
}

/** The bytes of a small object. */
export function bytesOf(seed: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(smallObject({ seed }));
}

/** Resolves with the code with which a request was refused, or with "answered". */
export function refusal(asked: Promise<unknown>): Promise<unknown> {
  return asked.then(
    () => "answered",
    (thrown) => (thrown instanceof ApiError ? thrown.code : thrown),
  );
}

/** The files of a node's object store, wherever they lie in it, but for the marks of those not registered yet. */
export function objectFiles({ data }: ScratchNode): string[] {
  return readdirSync(join(data, "objects"), { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && !entry.parentPath.endsWith("unregistered") ? [join(entry.parentPath, entry.name)] : [],
  );
}

/** Resolves as soon as `expectation` holds; however busy the machine is, it gets its time. */
export function soon<Result>(expectation: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(expectation, { timeout: 20_000 });
}
