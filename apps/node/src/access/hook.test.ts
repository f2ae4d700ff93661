// Routes of other rooms: the hook holds an answer back until its read is recorded, and records nothing of what failed.
import { Readable } from "node:stream";
import { parseEntry } from "@fiducial/core";
import fastify, { type FastifyInstance } from "fastify";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import type { Caller } from "../authorization/caller.ts";
import { guardRoutes } from "../authorization/guard.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { recordRefused } from "../routes/recorded-reads.ts";
import { hospital } from "../scratch/scratch-hospital.ts";
import { recordsAccess } from "./hook.ts";

let node: OpenNode;
let study: string;
let app: FastifyInstance;
const caller: { current: Caller } = { current: { type: "anonymous" } };

const person = (role: "radiologist" | "auditor"): Caller => ({
  ...{ type: "person", subject: "1".repeat(32), name: "", roles: [role], session: "2".repeat(32) },
});

beforeEach(async () => {
  ({ node, study } = await hospital());
  app = fastify();
  onTestFinished(() => app.close());
  const guard = guardRoutes(app, {
    identify: () => caller.current,
    isOurHost: () => true,
    asked: async () => {},
    tried: async () => {},
  });
  const onRequest = guard("studies.read");
  app.setErrorHandler((error, _, reply) =>
    reply.status(403).send({ code: error instanceof NodeError ? error.code : "INTERNAL" }),
  );
  const onSend = recordsAccess(node, "images", "retrieve");
  const seriesOnSend = recordsAccess(node, "images", "retrieve", () => ({ study, series: "1.2.3", instances: 3 }));
  const onError = async (request: Parameters<typeof recordRefused>[2]) => recordRefused(node, "study", request);
  app.get("/studies/:study/frames", { onRequest, onSend, onError }, () => Readable.from(["frames"]));
  app.get("/series", { onRequest, onSend: seriesOnSend }, () => ({ answer: true }));
  app.get("/studies/:study/nothing", { onRequest, onSend }, () => {
    throw new NodeError("STUDY_UNKNOWN");
  });
});

function recorded() {
  const all = node.store.entries(0, node.store.head().edge.size).flatMap((bytes) => parseEntry(bytes) ?? []);
  const reads = all.filter(({ statement }) => statement.content.kind === "access.read.performed");
  return reads.map(({ statement, findings }) => ({ ...statement.content.open, findings }));
}

test("what was sent is recorded with the caller, and with what the route knows of it", async () => {
  caller.current = person("radiologist");
  const { body } = await app.inject(`/studies/${study}/frames`);
  expect(body).toBe("frames");
  await app.inject({ url: "/series", headers: { "purpose-of-use": "HRESCH" } });
  expect(recorded()).toMatchObject([
    { study, what: "images", action: "retrieve", readerType: "person", roles: ["radiologist"], purpose: "TREAT" },
    { study, series: 1, instances: 3, purpose: "HRESCH", purposeBasis: "stated" },
  ]);
});

test("what failed is not", async () => {
  caller.current = person("radiologist");
  expect((await app.inject(`/studies/${study}/nothing`)).statusCode).toBe(403);
  expect(recorded()).toEqual([]);
});

test("what somebody signed in was refused is recorded, of studies that there are; of strangers nothing is", async () => {
  caller.current = person("auditor");
  await app.inject(`/studies/${study}/frames`);
  await app.inject(`/studies/${"0".repeat(32)}/frames`);
  await app.inject(`/studies/${"1".repeat(32)}/frames`);
  caller.current = { type: "anonymous" };
  await app.inject(`/studies/${study}/frames`);
  expect(recorded()).toMatchObject([
    { study, outcome: "refused", roles: ["auditor"], findings: expect.arrayContaining(["READ_REFUSED"]) },
    { outcome: "refused" },
  ]);
  expect(recorded()).toHaveLength(2);
});

test("what cannot be recorded is not sent", async () => {
  caller.current = person("radiologist");
  const { before } = node.access;
  Object.assign(node.access, { before: () => Promise.reject(new NodeError("ACCESS_NOT_RECORDED")) });
  const { statusCode, body } = await app.inject(`/studies/${study}/frames`);
  expect([statusCode, body]).toEqual([403, JSON.stringify({ code: "ACCESS_NOT_RECORDED" })]);
  Object.assign(node.access, { before });
});
