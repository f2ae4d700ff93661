import { readFileSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { describe, expect, test } from "vitest";
import { pydicomData, sharedData } from "../../../../scripts/shared-data.ts";
import { NodeError } from "../node-error.ts";
import { searchFor } from "../scratch/identifier-search.ts";
import { identifyingValues } from "../scratch/identifying-values.ts";
import { startScratch } from "../scratch/scratch-configuration.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { operatorOf, soon } from "../scratch/scratch-server.ts";
import { filesBelow } from "../scratch/traces.ts";
import { placeOf } from "./known-words.ts";
import { logInto, openLog } from "./log.ts";
import { requestNumber, sourceText } from "./log-fields.ts";
import { type LogEventName, logEvents } from "./log-table.ts";

const shared = sharedData();
const source = shared === undefined ? pydicomData() : join(shared, "dicom", "valid");

function collected() {
  const lines: string[] = [];
  const log = logInto({ write: (line: string) => void lines.push(line) }, "debug");
  return { log, lines, last: () => JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown> };
}

describe("a line", () => {
  test("has time, level, event, and the fields of its row", () => {
    const { log, last } = collected();
    const request = requestNumber();
    log.write("http.answered", {
      request,
      method: "GET",
      route: sourceText("/api/v1/studies/:study"),
      status: 200,
      durationMs: 1.6,
      caller: "local",
      role: "none",
    });
    expect(last()).toEqual({
      level: "debug",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      event: "http.answered",
      request: request.text,
      method: "GET",
      route: "/api/v1/studies/:study",
      status: 200,
      durationMs: 2,
      caller: "local",
      role: "none",
      says: logEvents["http.answered"].says,
    });
  });

  test("has nothing else, whatever is passed: no other field, no word outside of a closed set, no object", () => {
    const { log, lines, last } = collected();
    const fields = {
      patientName: "DOE^JANE",
      code: "DOE_JANE",
      route: "/x/DOE^JANE",
      request: { text: "DOE^JANE" },
      method: "DOE^JANE",
      caller: { toString: () => "DOE^JANE" },
      status: "DOE^JANE",
      durationMs: Number.NaN,
    };
    log.write("http.answered", fields as never);
    expect(last()).toEqual({
      level: "debug",
      time: expect.any(String),
      event: "http.answered",
      says: expect.any(String),
    });
    log.write("DOE^JANE" as never, {});
    log.write("toString" as never, {});
    expect(lines).toHaveLength(1);
  });

  test.skipIf(source === undefined)(
    "shows no identifier of a real file, given to any field of any event in any way",
    async () => {
      const values = [
        ...(await identifyingValues(filesBelow(source as string).filter((path) => statSync(path).size < 200_000))),
      ];
      expect(values.length).toBeGreaterThan(200);
      values.splice(500);
      const { log, lines } = collected();
      for (const [name, { fields }] of Object.entries(logEvents))
        for (const [at, value] of values.entries()) {
          const shapes = [value, { text: value }, [value], new Error(value)];
          const given = Object.keys(fields).map((field, place) => [field, shapes[(at + place) % shapes.length]]);
          log.write(name as LogEventName, Object.fromEntries(given) as never);
        }
      const found = searchFor(values)(Buffer.from(lines.join("")));
      // A method, a role or a code may happen to be a word of a file; those of the closed sets are no finding.
      const words = new Set(JSON.stringify(collectedWords()).match(/[A-Za-z0-9_.-]+/g));
      expect(found.filter((value) => !words.has(value))).toEqual([]);
      expect(lines.length).toBeGreaterThan(values.length);
    },
  );
});

// What an empty log says: names of events and fields, levels, sentences.
function collectedWords(): unknown {
  return [logEvents, "GET", "POST", "level", "debug", "info", "warn", "error", "time", "event", "says"];
}

describe("where something was thrown", () => {
  test("is a file and line of our own sources", () => {
    const error = new NodeError("BUSY");
    expect(placeOf(error)).toMatch(/^log\.test\.ts:\d+$/);
    expect(placeOf("DOE^JANE")).toBeUndefined();
  });

  test("is never anything of a message that looks like it", () => {
    const error = new Error(
      "DOE^JANE\n    at read (server.ts:1234567)\n    at f (doe-jane.ts:1:1)\n    at g (server.ts:4711:1)",
    );
    expect(placeOf(error)).toMatch(/^log\.test\.ts:\d+$/);
    error.stack = `Error: other\n    at f (doe-jane.ts:1:1)`;
    expect(placeOf(error)).toBeUndefined();
  });
});

describe("a node's log", () => {
  test("tells start, requests and stop, and nothing of what was asked for or sent", async () => {
    const scratch = scratchNode();
    const file = join(scratch.folder, "log");
    const identifiers = ["DOE^JANE", "PAT-4711-X", "1.2.826.0.1.3680043.9.9999.7", "19560712", "ACC-0815-Y"];
    const { server, stop } = await startScratch([`logging.file=${file}`, "logging.level=debug"], {}, scratch);
    const [name = "", id = "", uid = "", born = "", accession = ""] = identifiers;
    const { request } = operatorOf(server);
    const ask = (path: string, init: RequestInit = {}) => request(path, init).then((answer) => answer.text());
    const json = { method: "POST", headers: { "content-type": "application/json" } };
    await ask(`/api/v1/studies/${encodeURIComponent(name)}?search=${id}`);
    await ask(`/nothing/${uid}/${born}`, {
      headers: { "x-request-id": id, "user-agent": name, referer: `http://x/${accession}`, traceparent: uid },
    });
    await ask("/api/v1/studies/search", { ...json, body: JSON.stringify({ search: id }) });
    await ask("/api/v1/studies/search", { ...json, body: `{"${name}": ` });
    for (const text of [id, uid, accession]) await ask("/api/v1/search", { ...json, body: JSON.stringify({ text }) });
    await fetch(`${server.url}/api/v1/studies`, { headers: { "x-forwarded-for": id } });
    await ask(`/api/v1/entries/${born}/receipt`);
    const { intake } = JSON.parse(await ask("/api/v1/intakes", { method: "POST" })) as { intake: string };
    const bytes = smallObject({
      seed: "log",
      attributes: {
        PatientName: name,
        PatientID: id,
        PatientBirthDate: born,
        AccessionNumber: accession,
        StudyInstanceUID: uid,
      },
    });
    await ask(`/api/v1/intakes/${intake}/objects`, {
      method: "POST",
      headers: { "content-type": "application/dicom" },
      body: new Uint8Array(bytes),
    });
    await ask(`/api/v1/intakes/${intake}/registration`, { method: "POST" });
    await soon(() =>
      expect(linesOf(file).filter(({ event }) => String(event).startsWith("http.")).length).toBeGreaterThanOrEqual(9),
    );
    await stop();
    const lines = linesOf(file);
    expect(lines.map(({ event }) => event)).toEqual(
      expect.arrayContaining([
        "configuration.read",
        "node.started",
        "http.answered",
        "http.refused",
        "node.stopping",
        "node.stopped",
      ]),
    );
    expect(lines.filter(({ code }) => code === "NOT_SIGNED_IN")).toMatchObject([
      { route: "/api/v1/studies", status: 401, caller: "anonymous" },
    ]);
    expect(new Set(lines.map(({ route }) => route))).toContain("/api/v1/studies/:study");
    expect(searchFor(identifiers)(readFileSync(file))).toEqual([]);
    expect(statSync(file).mode & 0o077).toBe(0);
  });

  test("is opened anew for whoever moved its file away", () => {
    const { folder } = scratchNode();
    const file = join(folder, "log");
    const log = openLog({ level: "info", destination: file });
    log.write("node.stopped");
    renameSync(file, `${file}.1`);
    log.write("node.stopped");
    log.reopen();
    log.write("node.started", { port: 1 });
    log.close();
    expect(linesOf(`${file}.1`)).toHaveLength(2);
    expect(linesOf(file)).toMatchObject([{ event: "node.started", port: 1 }]);
  });
});

function linesOf(file: string): Record<string, unknown>[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
