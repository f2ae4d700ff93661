// Metrics for Prometheus: a registry of this node's own, and the text that a collector reads.
import { createServer, type Server } from "node:http";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { OpenNode } from "../compose.ts";
import type { Observer } from "../serving/observation.ts";
import { httpMetrics } from "./http-metrics.ts";
import { type Measured, nodeMetrics } from "./node-metrics.ts";

/** A node's metrics. */
export interface Metrics {
  readonly observer: Observer;
  /** Resolves with the text exposition format, version 0.0.4. */
  text(): Promise<string>;
  readonly contentType: string;
  close(): void;
}

/** Begins to measure. */
export function openMetrics(node: OpenNode, measured: Measured = {}): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const stop = nodeMetrics(registry, node, measured);
  return {
    observer: httpMetrics(registry),
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: () => {
      stop();
      registry.clear();
    },
  };
}

/** Serves metrics, and nothing else, at a port of their own to whoever reaches it. */
export async function serveMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, (request, response) => {
    if (request.method !== "GET" || request.url !== "/metrics") return void response.writeHead(404).end();
    metrics.text().then(
      (text) => response.writeHead(200, { "content-type": metrics.contentType }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = 16;
  await listening(server, host, port);
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port }, () => resolve());
  });
}
