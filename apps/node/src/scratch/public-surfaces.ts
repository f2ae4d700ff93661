// What a node lets out, for tests that look for what must not be there: entries, files, answers to strangers, refusals.
import { readFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import { extname, join } from "node:path";
import { pathOf, type Route, type RouteName, routes } from "@fiducial/api";
import { parseEntry } from "@fiducial/core";
import { expect } from "vitest";
import { accessOf } from "../authorization/access.ts";
import type { OpenNode } from "../compose.ts";
import type { RunningServer } from "../server.ts";
import { filesBelow } from "./traces.ts";

/** A node with its server, and the folder in which its data and keys lie. */
export interface Place {
  readonly folder: string;
  readonly node: OpenNode;
  readonly server: RunningServer;
}

/** Returns all of it by name; `identifier` is what strangers and members ask for. */
export async function surfaces(where: Place, identifier: string): Promise<Map<string, Buffer>> {
  const answers = [await answersToStrangers(where, identifier), await refusals(where, identifier)];
  return new Map([["entries", entriesOf(where.node)], ...nodeFiles(where), ...answers.flatMap((each) => [...each])]);
}

/** Returns the entries, and what stands in their statements. */
export function entriesOf({ store }: OpenNode): Buffer {
  const entries = store.entries(0, store.head().edge.size);
  return Buffer.concat([
    ...entries,
    ...entries.map((bytes) => parseEntry(bytes)?.statement.payload ?? new Uint8Array()),
  ]);
}

/** Returns every file of data and keys by its path, but the stored objects. */
export function nodeFiles({ folder }: Place): Map<string, Buffer> {
  const paths = ["data", "keys"].flatMap((name) => filesBelow(join(folder, name)));
  const others = paths.filter((path) => extname(path) !== ".dcm");
  return new Map(others.map((path) => [path.slice(folder.length + 1), readFileSync(path)]));
}

/** What was answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Asks the server for something, under any Host. */
export function ask(
  { server }: Place,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = "",
): Promise<Answer> {
  const { port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      const parts: Buffer[] = [];
      const done = () =>
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) });
      answer.on("data", (part: Buffer) => {
        parts.push(part);
        // Events never end.
        if (answer.headers["content-type"] === "text/event-stream") asked.destroy();
      });
      answer.on("close", done);
      answer.on("error", done);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** The headers of this machine's operator. */
export function operatorHeaders({ server }: Place): Record<string, string> {
  return { host: "localhost", authorization: `Bearer ${server.operatorToken}` };
}

/** Asks for everything as somebody who is no member: what is public is told, everything else refused. */
export async function answersToStrangers(where: Place, identifier: string): Promise<Map<string, Buffer>> {
  const { node } = where;
  const stranger = { host: "elsewhere.example", "content-type": "application/json" };
  const log = `/logs/${node.identity.origin}`;
  const { size } = node.store.head().edge;
  const parameters = parametersIn(node, identifier);
  const answers = new Map<string, Buffer>();
  for (const [name, route] of Object.entries(routes) as [RouteName, Route][]) {
    const query = route.query === undefined ? "" : `?search=${encodeURIComponent(identifier)}`;
    const body = route.method === "POST" ? JSON.stringify({ sopInstanceUid: identifier }) : "";
    const answer = await ask(where, route.method, pathOf(route, parameters) + query, stranger, body);
    expect([name, answer.status]).toEqual([name, accessOf[name] === "public" ? (unanswered[name] ?? 200) : 421]);
    answers.set(name, wordsOf(answer));
  }
  for (const path of ["checkpoint", `tile/0/000.p/${size % 256}`, `tile/entries/000.p/${size % 256}`, identifier]) {
    const answer = await ask(where, "GET", `${log}/${encodeURI(path)}`, stranger);
    expect([path, answer.status]).toEqual([path, statusOf(path)]);
    answers.set(path, wordsOf(answer));
  }
  return answers;
}

// Those that let somebody in, asked for without what does: no form, no passkey, or under another name.
const unanswered: Partial<Record<RouteName, number>> = { token: 400, askPasskey: 421, signInWithPasskey: 400 };

/** Asks as a member for what is not there, by a name that the node knows only sealed. */
export async function refusals(where: Place, identifier: string): Promise<Map<string, Buffer>> {
  const name = encodeURIComponent(identifier);
  const asked: [string, string, string?][] = [
    ["GET", `/api/v1/studies/${name}`],
    ["GET", `/api/v1/studies?limit=${name}`],
    ["GET", `/api/v1/entries?kind=${name}&limit=none`],
    ["GET", `/api/v1/entries/${name}`],
    ["GET", `/api/v1/entries/${name}/receipt`],
    ["GET", `/api/v1/statements/${name}`],
    ["GET", `/api/v1/nothing/${name}`],
    ["GET", `/${name}`],
    ["GET", `/fhir/${name}`],
    ["GET", `/fhir/Patient/${name}`],
    ["GET", `/fhir/Patient?identifier=${name}|${name}|${name}&${name}=${name}`],
    ["GET", `/fhir/ImagingStudy?started=${name}`],
    ["GET", `/fhir/ImagingStudy?_page=${name}`],
    ["GET", `/logs/${name}/checkpoint`],
    ["GET", `/dicomweb/studies/x${name}`],
    ["GET", `/dicomweb/studies/1.2/series/x${name}/metadata`],
    ["GET", `/dicomweb/studies?limit=${name}x`],
    ["GET", `/dicomweb/instances?x${name}=${name}`],
    ["GET", `/dicomweb/studies?StudyInstanceUID=x${name}`],
    ["POST", `/dicomweb/studies/x${name}`, identifier],
    ["POST", "/api/v1/objects/lookup", JSON.stringify({ sopInstanceUid: identifier, [identifier]: 1 })],
    ["POST", "/api/v1/objects/lookup", `{"${identifier}`],
    ["POST", `/api/v1/intakes/${name}/objects`, identifier],
  ];
  const answers = new Map<string, Buffer>();
  for (const [method, path, body] of asked) {
    const type = path.endsWith("objects") ? "application/dicom" : "application/json";
    const answer = await ask(where, method, path, { ...operatorHeaders(where), "content-type": type }, body);
    expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
    answers.set(`${method} ${path.replace(name, "…")} ${body === undefined ? "" : body.length}`, wordsOf(answer));
  }
  return answers;
}

// Of a log, strangers are given what proves it; that there are entries is no secret, only what they say.
function statusOf(path: string): number {
  if (path === "checkpoint" || path.startsWith("tile/0")) return 200;
  return path.startsWith("tile/entries") ? 401 : 404;
}

function parametersIn(node: OpenNode, identifier: string): Record<string, string | number> {
  const study = node.projection.imaging.studies({ limit: 1 })[0];
  const index = study?.index ?? 0;
  const statementId = parseEntry(node.store.entry(index) as Uint8Array)?.statement.id ?? "";
  return {
    study: study?.study ?? "00".repeat(16),
    index,
    statementId,
    item: 0,
    actor: node.identity.organization,
    intake: identifier,
  };
}

function wordsOf({ headers, body }: Answer): Buffer {
  return Buffer.concat([Buffer.from(`${JSON.stringify(headers)}\n`), body]);
}
