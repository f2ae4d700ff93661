// GET /metrics: the text exposition format of Prometheus, for operators and for the collector that shows the token.
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { Caller } from "../authorization/caller.ts";
import type { Metrics } from "./metrics.ts";
import { showsToken } from "./token.ts";

/** Metrics, and the token with which a collector gets them. */
export interface MetricsPage extends Pick<Metrics, "text" | "contentType"> {
  readonly token?: string | undefined;
}

/** The collector that a request is from, if it shows the token: it may read metrics, and nothing else. */
export function collectorOf({ headers }: FastifyRequest, metrics: MetricsPage | undefined): Caller | undefined {
  if (!showsToken(headers.authorization, metrics?.token)) return undefined;
  return { type: "machine", subject: "metrics", name: "metrics", scopes: ["metrics.read"] };
}

/** Serves them to whom `onRequest` lets pass. */
export function serveMetricsPage(
  app: FastifyInstance,
  { text, contentType }: MetricsPage,
  onRequest: onRequestAsyncHookHandler,
): void {
  app.get("/metrics", { onRequest }, async (_, reply) =>
    reply
      .type(contentType)
      .header("cache-control", "no-store")
      .send(await text()),
  );
}
