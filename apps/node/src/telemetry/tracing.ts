// Traces for an OpenTelemetry collector: requests and intakes, by templates and counts. Loaded only when a collector is configured. OTLP 1.x over HTTP.
import type { Span } from "@opentelemetry/api";
import type { OpenNode } from "../compose.ts";
import type { Answered, Observer } from "../serving/observation.ts";

/** Traces of a node. */
export interface Tracing {
  readonly observer: Observer;
  /** The node, its intakes traced. */
  traced(node: OpenNode): OpenNode;
  /** Sends what is left, and ends. */
  close(): Promise<void>;
}

/** Begins to trace. `endpoint` is the collector's address without `/v1/traces`. */
export async function openTracing(endpoint: string, version: string): Promise<Tracing> {
  const [
    { SpanKind, SpanStatusCode },
    { BatchSpanProcessor, TracerProvider },
    { OTLPTraceExporter },
    { resourceFromAttributes },
  ] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces`, timeoutMillis: 5000 });
  const provider = new TracerProvider({
    // Nothing is detected: names of hosts and processes are nobody's business but the operator's.
    resource: resourceFromAttributes({ "service.name": "fiducial", "service.version": version }),
    spanProcessors: [new BatchSpanProcessor({ exporter })],
  });
  const tracer = provider.getTracer("fiducial");

  function request({ method = "GET", route, status, durationMs, caller, code }: Answered): void {
    const endTime = Date.now();
    const span = tracer.startSpan(`${method} ${route.text}`, {
      kind: SpanKind.SERVER,
      startTime: endTime - durationMs,
      root: true,
      attributes: {
        "http.request.method": method,
        "http.route": route.text,
        "http.response.status_code": status,
        "fiducial.caller": caller.type,
        ...(caller.role === undefined ? {} : { "fiducial.role": caller.role }),
        ...(code === undefined ? {} : { "error.type": code }),
      },
    });
    if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
  }

  // What an error says might be anything; that there was one is enough.
  async function timed<Result>(name: string, work: (span: Span) => Promise<Result>): Promise<Result> {
    const span = tracer.startSpan(name, { kind: SpanKind.INTERNAL, root: true });
    try {
      return await work(span);
    } catch (thrown) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw thrown;
    } finally {
      span.end();
    }
  }

  return {
    observer: { answered: request },
    traced: (node) => tracedNode(node, timed),
    close: () => provider.shutdown().catch(() => {}),
  };
}

type Timed = <Result>(name: string, work: (span: Span) => Promise<Result>) => Promise<Result>;

function tracedNode(node: OpenNode, timed: Timed): OpenNode {
  return {
    ...node,
    ingest: (paths, watch) =>
      timed("intake", async (span) => {
        const result = await node.ingest(paths, watch);
        span.setAttributes({ "fiducial.studies": result.studies.length, "fiducial.refused": result.refused.length });
        return result;
      }),
    openIntake: () => {
      const intake = node.openIntake();
      return {
        ...intake,
        take: (file) => timed("intake.take", () => intake.take(file)),
        settle: () => timed("intake.settle", () => intake.settle()),
      };
    },
  };
}
