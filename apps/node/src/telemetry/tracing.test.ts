import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { searchFor } from "../scratch/identifier-search.ts";
import { startScratch } from "../scratch/scratch-configuration.ts";
import { scratchNode, takeIn } from "../scratch/scratch-node.ts";
import { operatorOf } from "../scratch/scratch-server.ts";

interface Span {
  readonly name: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
}

/** A collector that takes OTLP over HTTP as JSON. */
async function collector() {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      bodies.push(`${request.url} ${Buffer.concat(chunks).toString()}`);
      response.setHeader("content-type", "application/json");
      response.end("{}");
    });
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => void server.close());
  const spans = () =>
    bodies.flatMap((body) => {
      const sent = JSON.parse(body.slice(body.indexOf(" "))) as {
        resourceSpans: { scopeSpans: { spans: Span[] }[] }[];
      };
      return sent.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans));
    });
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, bodies, spans };
}

test("requests and intakes are traced to a collector, without anything that identifies anybody", async () => {
  const { url, bodies, spans } = await collector();
  const scratch = scratchNode();
  const { server, node, stop } = await startScratch([`telemetry.otlpEndpoint=${url}`], {}, scratch);
  const [patientId, patientName, accession, studyUid] = [
    "PAT-4711-X",
    "DOE^JANE",
    "ACC-0815-Y",
    "1.2.826.0.1.3680043.9.9999.7",
  ];
  await takeIn(scratch, node, { patientId, patientName, accession, studyUid, objects: 1 });
  const trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  const { request } = operatorOf(server);
  await request(`/api/v1/studies/${patientName}?x=${patientId}`, { headers: { traceparent: trace } });
  await fetch(`${server.url}/api/v1/studies`, { headers: { "x-forwarded-for": "203.0.113.9" } });
  await stop();
  expect(bodies[0]).toMatch(/^\/v1\/traces /);
  const byName = new Map(spans().map((span) => [span.name, span]));
  expect([...byName.keys()].sort()).toEqual(["GET /api/v1/studies", "GET /api/v1/studies/:study", "intake"]);
  const attributes = (name: string) =>
    Object.fromEntries((byName.get(name)?.attributes ?? []).map(({ key, value }) => [key, Object.values(value)[0]]));
  expect(attributes("GET /api/v1/studies")).toMatchObject({
    "http.response.status_code": 401,
    "error.type": "NOT_SIGNED_IN",
    "fiducial.caller": "anonymous",
  });
  expect(attributes("intake")).toMatchObject({ "fiducial.studies": 1, "fiducial.refused": 0 });
  const sent = Buffer.from(bodies.join("\n"));
  expect(searchFor([patientId, patientName, accession, studyUid, "203.0.113.9", scratch.folder])(sent)).toEqual([]);
  // Whoever asks could hide something in the number of its own trace.
  expect(sent.toString()).not.toContain("0af7651916cd43dd");
});

test("a collector that is away holds nobody up", async () => {
  const { server, stop } = await startScratch(["telemetry.otlpEndpoint=http://127.0.0.1:9"]);
  expect((await fetch(`${server.url}/api/v1/health`)).status).toBe(200);
  await stop();
});

test("nothing of OpenTelemetry is imported by what every node loads", () => {
  const seen = new Set<string>();
  const visit = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, from = ""] of readFileSync(file, "utf8").matchAll(
      /^(?:import|export)\s(?!type\b)(?:[^;"]*? from )?"([^"]+)";$/gm,
    )) {
      expect(from).not.toMatch(/opentelemetry|prom-client/);
      if (from.startsWith(".")) visit(join(file, "..", from));
    }
  };
  visit(join(import.meta.dirname, "..", "index.ts"));
  expect(seen.size).toBeGreaterThan(50);
});
