// Traces and metrics, where the configuration asks for them: loaded only then.
import type { AuditTrail } from "../audit-trail/audit-trail.ts";
import type { OpenNode } from "../compose.ts";
import type { Configuration } from "../configuration/schema.ts";
import type { DimseListener } from "../connections/dimse/dimse-listener.ts";
import type { RunningServer } from "../server.ts";

/** Opens what sends traces; undefined when nobody takes them. */
export async function tracingOf({ telemetry: { otlpEndpoint } }: Configuration, version: string) {
  if (otlpEndpoint === undefined) return undefined;
  const { openTracing } = await import("./tracing.ts");
  return openTracing(otlpEndpoint, version);
}

/** What is opened after metrics, and tells them what goes on. */
export interface Entrances {
  server?: RunningServer | undefined;
  dicom?: DimseListener | undefined;
}

/** Opens metrics, on a port of their own where one is given; undefined when they are not wanted. */
export async function metricsOf(
  { metrics: { enabled, port, host } }: Configuration,
  node: OpenNode,
  trail: AuditTrail,
  entrances: Entrances,
) {
  if (!enabled) return undefined;
  const { openMetrics, serveMetrics } = await import("../metrics/metrics.ts");
  const metrics = openMetrics(node, {
    sessions: () => entrances.server?.signedIn() ?? 0,
    associations: () => entrances.dicom?.associations() ?? 0,
    settlingStudies: () => node.inbox.standing().studies,
    unregisteredObjects: () => node.inbox.standing().objects,
    waitingEvents: trail.waiting,
    droppedEvents: trail.dropped,
  });
  if (port === undefined) return metrics;
  const own = await serveMetrics(metrics, { host, port });
  return {
    ...metrics,
    close: async () => {
      await own.close();
      metrics.close();
    },
  };
}
