// A server whose node has studies of three patients, two of them with one id by different issuers, for tests of the FHIR service.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { type OpenNode, openNode } from "../compose.ts";
import { type RunningServer, startServer } from "../server.ts";
import { type FhirClient, fhirClient } from "./fhir-client.ts";
import { operatorOf } from "./scratch-server.ts";

/** An invented patient with one study. */
export interface FhirPerson {
  readonly id: string;
  readonly issuer: string;
  readonly name: string;
  readonly uid: string;
  readonly accession: string;
  readonly date: string;
  /** DICOM Timezone Offset From UTC (0008,0201); unknown without. */
  readonly offset?: string;
  readonly modality?: string;
}

export const berg: FhirPerson = {
  ...{ id: "PAT-4711-X", issuer: "HOSP", name: "Bergström^Anneliese", date: "20260101", offset: "+0100" },
  ...{ uid: "2.25.3141592653589793", accession: "ACC-2026-0815" },
};
export const coe: FhirPerson = {
  ...{ id: "PAT-0002", issuer: "", name: "Coe^Zoe", date: "20260215" },
  ...{ uid: "2.25.271828", accession: "ACC-2" },
};
/** Somebody else, who has the first one's id from another issuer. */
export const namesake: FhirPerson = {
  ...{ id: berg.id, issuer: "OTHER", name: "Doe^Jane", date: "20260301", offset: "+0000" },
  ...{ uid: "2.25.1618033", accession: "ACC-3", modality: "MR" },
};

/** A node that is served, with who asks. */
export interface FhirHospital {
  readonly node: OpenNode;
  readonly server: RunningServer;
  /** As the node's operator. */
  readonly client: FhirClient;
  readonly stranger: FhirClient;
  /** A request to the service as the node's operator, below its address. */
  request(path: string, init?: RequestInit): Promise<Response>;
  takeIn(person: FhirPerson, objects?: number): Promise<void>;
  close(): Promise<void>;
}

/** Serves a new node; `close` is the caller's. */
export async function fhirHospital(people: readonly FhirPerson[] = [berg, coe, namesake]): Promise<FhirHospital> {
  const folder = mkdtempSync(join(tmpdir(), "fhir-"));
  const node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true, threads: 1 });
  const takeIn = async (person: FhirPerson, objects = 1) => {
    const paths = Array.from({ length: objects }, (_, at) => {
      const path = join(folder, `${person.uid}-${at}.dcm`);
      writeFileSync(path, smallObject({ seed: path, attributes: attributesOf(person, at) }));
      return path;
    });
    await node.ingest(paths);
    await node.projector.caughtUp(node.store.head().edge.size);
  };
  for (const person of people) await takeIn(person, person === berg ? 3 : 1);
  const server = await startServer(node, { port: 0, host: "127.0.0.1" });
  const close = async () => {
    await server.close();
    await node.close();
    rmSync(folder, { recursive: true });
  };
  return {
    ...{ node, server, takeIn, close },
    client: fhirClient(server.url, server.operatorToken),
    stranger: fhirClient(server.url),
    request: (path, init) => operatorOf(server).request(`/fhir/${path}`, init),
  };
}

function attributesOf({ issuer, modality, offset, ...person }: FhirPerson, at: number) {
  return {
    PatientID: person.id,
    PatientName: person.name,
    AccessionNumber: person.accession,
    StudyInstanceUID: person.uid,
    SOPInstanceUID: `${person.uid}.1.${at}`,
    SeriesInstanceUID: `${person.uid}.1`,
    StudyDate: person.date,
    StudyTime: "101112",
    ...(issuer === "" ? {} : { IssuerOfPatientID: issuer }),
    ...(modality === undefined ? {} : { Modality: modality }),
    ...(offset === undefined ? {} : { TimezoneOffsetFromUTC: offset }),
  };
}
