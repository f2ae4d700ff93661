// A small hospital whose objects are asked for by DICOMweb, for tests.

import { multipartParts, parseMediaType } from "@fiducial/dicom/dicomweb";
import { smallObject } from "@fiducial/dicom/phantom";
import { onTestFinished } from "vitest";
import type { NodeOptions, OpenNode } from "../compose.ts";
import { startServer } from "../server.ts";
import type { ServerLimits } from "../serving/limits.ts";
import { type HandClock, handClock } from "./hand-clock.ts";
import { rawConnection, statusAndCode } from "./raw-connection.ts";
import { berg, coe } from "./scratch-hospital.ts";
import { type ScratchNode, scratchNode, takeIn } from "./scratch-node.ts";

/** A part of an answer. */
export interface AnsweredPart {
  readonly type: string | undefined;
  readonly body: Buffer;
}

/** A node with two patients' studies, and who asks it. */
export interface DicomWebHospital {
  readonly scratch: ScratchNode;
  readonly node: OpenNode;
  /** Moves the time in which studies settle. */
  readonly clock: HandClock;
  /** The handle of the first patient's study. */
  readonly study: string;
  readonly base: string;
  /** What shows the node that its operator asks. */
  readonly authorization: string;
  /** UIDs of the first patient's study, and of its first object. */
  readonly uids: { readonly study: string; readonly series: string; readonly instance: string };
  readonly addresses: { readonly study: string; readonly series: string; readonly instance: string };
  /** The study's objects, the first first. */
  readonly bytes: readonly Buffer[];
  /** What they have in common. */
  readonly attributes: Readonly<Record<string, string>>;
  get(address: string, accept?: string, signal?: AbortSignal): Promise<Response>;
  /** Asks, and resolves with the status and the code of the problem. */
  code(address: string, accept?: string): Promise<[status: number, code: string | undefined]>;
  /** Asks as somebody who is not at this machine. */
  strange(method: string, address: string): Promise<[status: number, code: string | undefined]>;
}

/** Opens it and serves it. */
export async function dicomWebHospital(
  limits: Partial<ServerLimits> = {},
  options: Pick<NodeOptions, "pacs"> = {},
): Promise<DicomWebHospital> {
  const [scratch, clock] = [scratchNode(), handClock()];
  const node = await scratch.open({ inbox: { clock }, ...options });
  const handle = await takeIn(scratch, node, berg);
  await takeIn(scratch, node, coe);
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { closingMs: 100, ...limits } });
  onTestFinished(() => server.close());
  const base = `${server.url}/dicomweb`;
  const authorization = `Bearer ${server.operatorToken}`;
  const uids = { study: berg.studyUid, series: `${berg.studyUid}.1`, instance: `${berg.studyUid}.1.0` };
  const study = `${base}/studies/${uids.study}`;
  const series = `${study}/series/${uids.series}`;
  const get = (address: string, accept?: string, signal?: AbortSignal) =>
    fetch(address, {
      headers: { authorization, ...(accept === undefined ? {} : { accept }) },
      ...(signal === undefined ? {} : { signal }),
    });
  return {
    ...{ scratch, node, clock, study: handle },
    base,
    authorization,
    uids,
    addresses: { study, series, instance: `${series}/instances/${uids.instance}` },
    bytes: Array.from({ length: berg.objects }, (_, at) => bergObject(at)),
    attributes: attributesOf(),
    get,
    code: async (address, accept) => codeOf(await get(address, accept)),
    strange: async (method, address) => {
      const { host, pathname, search } = new URL(address);
      const raw = rawConnection(server.url);
      raw.write(
        `${method} ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nVia: 1.1 proxy\r\nConnection: close\r\n\r\n`,
      );
      return statusAndCode(await raw.answer);
    },
  };
}

/** Reads the parts of a multipart answer. */
export async function partsOf(answer: Response): Promise<AnsweredPart[]> {
  const type = parseMediaType(answer.headers.get("content-type") ?? "");
  const boundary = type?.parameters.get("boundary") ?? "";
  const parts: AnsweredPart[] = [];
  for await (const { header, body } of multipartParts(answer.body as ReadableStream<Uint8Array>, boundary)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of body) pieces.push(piece);
    parts.push({ type: header.get("content-type"), body: Buffer.concat(pieces) });
  }
  return parts;
}

/** Resolves with the status of an answer and, if it is a problem, its code. */
export async function codeOf(answer: Response): Promise<[status: number, code: string | undefined]> {
  const isProblem = answer.headers.get("content-type")?.startsWith("application/problem+json") === true;
  if (!isProblem) await answer.body?.cancel();
  return [answer.status, isProblem ? ((await answer.json()) as { code: string }).code : undefined];
}

function attributesOf() {
  return {
    PatientID: berg.patientId,
    PatientName: berg.patientName,
    AccessionNumber: berg.accession,
    StudyInstanceUID: berg.studyUid,
    SeriesInstanceUID: `${berg.studyUid}.1`,
  };
}

function bergObject(at: number): Buffer {
  const attributes = { ...attributesOf(), SOPInstanceUID: `${berg.studyUid}.1.${at}` };
  return Buffer.from(smallObject({ seed: `${berg.studyUid}-${at}.dcm`, attributes }));
}
