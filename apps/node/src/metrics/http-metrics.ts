// Requests as metrics: how many, how long, by method, template of the address and status.
import { Counter, Histogram, type Registry } from "prom-client";
import type { Observer } from "../serving/observation.ts";

const buckets = [0.005, 0.025, 0.1, 0.3, 1, 3, 10, 60];

/** Counts and times answered requests. */
export function httpMetrics(registry: Registry): Observer {
  const registers = [registry];
  const durations = new Histogram({
    name: "fiducial_http_request_duration_seconds",
    help: "How long requests took until they were answered in full.",
    labelNames: ["method", "route", "status"],
    buckets,
    registers,
  });
  const problems = new Counter({
    name: "fiducial_http_problems_total",
    help: "Requests that were answered with a problem, by its code.",
    labelNames: ["code"],
    registers,
  });
  return {
    answered: ({ method = "other", route, status, durationMs, code }) => {
      durations.observe({ method, route: route.text, status: String(status) }, durationMs / 1000);
      if (code !== undefined) problems.inc({ code });
    },
  };
}
