// Every resource that a node gives: read one by one, searched page by page, and what it says when it refuses.
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { CapabilityStatement, Resource } from "@fiducial/fhir";
import { onTestFinished } from "vitest";
import { type FhirClient, fhirClient } from "../../apps/node/src/scratch/fhir-client.ts";
import { hospital } from "../../apps/node/src/scratch/scratch-hospital.ts";
import { startServer } from "../../apps/node/src/server.ts";

/** Serves a hospital where things have happened, with real files if there are any, and returns all that it gives. */
export async function servedResources(folder: string | undefined): Promise<Resource[]> {
  const { node, approvers, study, other, subject } = await hospital();
  await node.operations.devices.add({ name: "CT 2", manufacturer: "Maker", model: "M1", serial: "S-1" });
  const { hold } = await node.operations.placeHold({ studies: [study], reason: "legal" }, approvers);
  await node.operations.releaseHold({ study, hold }, approvers);
  await node.operations.setRetention({ study: other, until: "2099-01-01T00:00:00.000Z" }, approvers);
  await node.operations.forget(subject, approvers);
  if (folder !== undefined) await node.ingest(filesIn(folder));
  await node.projector.caughtUp(node.store.head().edge.size);
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  onTestFinished(() => server.close());
  const client = fhirClient(server.url, server.operatorToken);
  return [...(await everything(client)), ...(await refusals(client))];
}

async function everything(client: FhirClient): Promise<Resource[]> {
  const { body: metadata } = await client.get<CapabilityStatement>("metadata");
  const found: Resource[] = [metadata];
  const patients = new Set<string>();
  const types = metadata.rest?.[0]?.resource?.map(({ type }) => type as string) ?? [];
  // Reads are recorded while others are read.
  for (const type of [...types.filter((one) => one !== "Patient" && one !== "AuditEvent"), "AuditEvent"]) {
    found.push(await client.search(`${type}?_count=5`));
    for (const { id } of eachShape(await client.all(`${type}?_count=100`))) {
      const { body } = await client.get<Resource & { subject?: { reference?: string } }>(`${type}/${id}`);
      found.push(body);
      if (type === "ImagingStudy" && body.subject?.reference !== undefined) patients.add(body.subject.reference);
    }
  }
  for (const patient of patients) found.push((await client.get(patient)).body);
  return found;
}

// Entries of one kind, and reads of one sort, are alike: some of each.
function eachShape(resources: readonly Resource[]): Resource[] {
  const shapes = new Map<string, Resource[]>();
  for (const resource of resources) {
    const { activity, subtype, resourceType } = resource as Resource & { activity?: object; subtype?: object };
    const shape = resourceType === "ImagingStudy" ? (resource.id ?? "") : JSON.stringify([activity, subtype]);
    shapes.set(shape, [...(shapes.get(shape) ?? []), resource]);
  }
  return [...shapes.values()].flatMap((alike) => alike.slice(0, mostAlike));
}

const mostAlike = 3;

async function refusals(client: FhirClient): Promise<Resource[]> {
  const asked: [path: string, headers?: Record<string, string>][] = [
    ["Patient/nobody"],
    ["Patient"],
    ["ImagingStudy?started=x"],
    ["ImagingStudy?nonsense=1", { prefer: "handling=strict" }],
    ["ImagingStudy?nonsense=1"],
    ["ImagingStudy?_page=x"],
    ["Observation"],
    ["metadata", { accept: "application/fhir+xml" }],
    ["Patient", { "x-forwarded-for": "192.0.2.7" }],
  ];
  return Promise.all(asked.map(async ([path, headers]) => (await client.get(path, headers)).body));
}

function filesIn(folder: string): string[] {
  const paths = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isFile() && entry.name !== "DICOMDIR" ? [join(folder, entry.name)] : [],
  );
  return paths.filter((path) => statSync(path).size < 2_000_000);
}
