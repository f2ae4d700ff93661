// Statements over HTTP: what is taken, what is refused, what of it is kept, and what is made of those who mean no good.
import { type ApiClient, apiClient, mostStatements, type SubmittedStatement } from "@fiducial/api";
import {
  actorRegistered,
  correctionCompleted,
  correctionNotified,
  destructionApproved,
  erasureApproved,
  erasureExecuted,
  holdPlaced,
  type Kind,
  keyRegistered,
  readPerformed,
  studyDestroyed,
  studyRegistered,
  studyRejected,
  studyTransferred,
  subjectCorrected,
} from "@fiducial/contract";
import { formatUtcTime, publicKeyOf, signMessage, toBase64 } from "@fiducial/core";
import { describe, expect, onTestFinished, test } from "vitest";
import type { OpenNode } from "../compose.ts";
import type { MemberKey } from "../operations/key-file.ts";
import { ownProgram, type Signed, signedBy } from "../scratch/own-program.ts";
import { berg, coe, hospital } from "../scratch/scratch-hospital.ts";
import { member } from "../scratch/scratch-node.ts";
import { operatorOf, refusal } from "../scratch/scratch-server.ts";
import { traces } from "../scratch/traces.ts";
import { startServer } from "../server.ts";
import type { ServerLimits } from "../serving/limits.ts";

const marker = "Zebra-4711";
const unknownStudy = "0a".repeat(16);

async function served(limits: Partial<ServerLimits> = {}) {
  const all = await hospital();
  const { scratch, node } = all;
  const server = await startServer(node, { port: 0, host: "127.0.0.1", limits: { closingMs: 100, ...limits } });
  onTestFinished(() => server.close());
  const ris = await ownProgram(scratch, node);
  const operator = operatorOf(server);
  const { client: id, secret } = await operator.client.addTokenClient({ name: "RIS", scopes: ["statements.submit"] });
  const { access_token: token } = await operator.client.token({ client: id, secret });
  const raw = (body: string) =>
    fetch(`${server.url}/api/v1/statements`, {
      method: "POST",
      body,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });
  return { ...all, server, ris, operator, raw, client: apiClient({ baseUrl: server.url, token }) };
}

const rejected = (study: string, sealed: { note?: string } = {}) => ({
  open: { study, reason: "quality", scope: "study", instances: 3 } as const,
  sealed,
});
const sent = (study: string, sealed: { destination?: string } = {}) => ({
  open: { study, direction: "sent", purpose: "TREAT", instances: 3, outcome: "completed" } as const,
  sealed,
});
const registered = (study: string) => ({
  open: { study, modalities: ["CT"], series: 1, instances: 3, manifest: "5e".repeat(32) },
  sealed: { studyUid: "2.25.99" },
});
/** What became of each: the code, or the findings. */
async function told(client: ApiClient, ...statements: readonly SubmittedStatement[]): Promise<(string | string[])[]> {
  const taken = await client.submit(statements);
  return taken.map((one) => (one.status === "accepted" ? one.findings : one.code));
}
const size = ({ store }: OpenNode) => store.head().edge.size;
const forged = ({ closed }: Signed): SubmittedStatement => ({
  envelope: closed.envelope.replace(/"sig":"(.)/, (_, first: string) => `"sig":"${first === "A" ? "B" : "A"}`),
});

describe("what is handed in", () => {
  test("is answered one by one and in order, when it is in the log; a refusal leaves the rest alone", async () => {
    const { node, client, ris, study } = await served();
    const before = size(node);
    const good = await signedBy([ris], studyRejected, rejected(study));
    const stranger = await signedBy([ris], studyRejected, { ...rejected(study), log: "log.example/other" });
    const unknown = await signedBy([ris], studyRejected, rejected(unknownStudy));
    const taken = await client.submit([good.closed, { envelope: "{}" }, stranger.closed, unknown.closed]);
    expect(taken).toMatchObject([
      { status: "accepted", id: good.statement.id, index: before, findings: [], repeated: false },
      { status: "refused", code: "ENVELOPE_MALFORMED", type: "/docs/errors#ENVELOPE_MALFORMED" },
      { status: "refused", id: stranger.statement.id, code: "WRONG_LOG" },
      { status: "accepted", index: before + 1, findings: ["STUDY_UNKNOWN"] },
    ]);
    expect(taken.map((one) => one.status === "refused" && one.title === "")).not.toContain(true);
    expect(size(node)).toBe(before + 2);
    expect(node.store.indexOf(good.statement.id)).toBe(before);
  });

  test("again is answered with its place, in the same request, at the same time and later", async () => {
    const { node, client, ris, study } = await served();
    const before = size(node);
    const { whole, statement } = await signedBy([ris], studyRejected, rejected(study, { note: marker }));
    const [twice, other] = await Promise.all([client.submit([whole, whole]), client.submit([whole])]);
    const [later] = await client.submit([whole]);
    const all = [...twice, ...other, later];
    expect(all.map((one) => one?.status === "accepted" && [one.index, one.findings])).toEqual(
      all.map(() => [before, []]),
    );
    expect(later).toMatchObject({ repeated: true });
    expect(size(node)).toBe(before + 1);
    expect(node.vault.disclosures(statement.id)?.disclosures["note"]?.value).toBe(marker);
  });

  test("of a program that registers studies without objects here: lists and pages have them", async () => {
    const { client, ris, operator } = await served();
    const { closed } = await signedBy([ris], studyRegistered, registered(unknownStudy));
    const [taken] = await client.submit([closed]);
    expect(taken).toMatchObject({ status: "accepted", findings: ["DEVICE_NOT_NAMED"] });
    const index = taken?.status === "accepted" ? taken.index : -1;
    await operator.client.receipt(index);
    expect(await operator.client.entry(index)).toMatchObject({ kind: "imaging.study.registered" });
    const { studies } = await operator.client.studies();
    expect(studies.map(({ study }) => study)).toContain(unknownStudy);
    expect(await operator.client.study(unknownStudy)).toMatchObject({ study: unknownStudy });
  });

  test("may build on what came before it in the same request", async () => {
    const { scratch, node, client, study } = await served();
    const ada = await member(scratch, node, "ada", "administrator");
    const bytes = new Uint8Array(32).fill(7);
    const publicKey = publicKeyOf({ algorithm: "Ed25519", bytes });
    const secret = { publicKey, sign: (message: Uint8Array) => signMessage({ algorithm: "Ed25519", bytes }, message) };
    const late: MemberKey = { ...ada, actor: "1d".repeat(16), secret };
    const declared = { algorithm: "Ed25519", publicKey: toBase64(publicKey.bytes) } as const;
    const newcomer = { open: { actor: late.actor, type: "software" as const }, sealed: { name: marker } };
    const statements = [
      await signedBy([ada], actorRegistered, newcomer),
      await signedBy([ada, late], keyRegistered, { open: { actor: late.actor, key: declared }, sealed: {} }),
      await signedBy([late], studyRejected, rejected(study, { note: marker })),
    ];
    expect(await told(client, ...statements.map(({ whole }) => whole))).toEqual([[], [], []]);
    expect(node.vault.actorName(late.actor)).toMatchObject({ name: marker });
  });

  test("has to keep to what the node says of its log", async () => {
    const { node, server, client, ris, study } = await served();
    const terms = await apiClient({ baseUrl: server.url }).log();
    expect(terms).toMatchObject({ origin: node.identity.origin, mostStatements, largestEnvelopeBytes: 61_440 });
    expect(Math.abs(Date.parse(terms.now) - Date.now())).toBeLessThan(60_000);
    const at = (ms: number) => formatUtcTime(Date.parse(terms.now) + ms);
    const signedAt = async (ms: number) =>
      (await signedBy([ris], studyRejected, { ...rejected(study), signedAt: at(ms) })).closed;
    const minute = 60_000;
    expect(
      await told(
        client,
        await signedAt(terms.signedAheadMs + minute),
        await signedAt(-terms.goodForHours * 60 * minute - minute),
        await signedAt(terms.signedAheadMs - minute),
        (await signedBy([ris], studyRejected, { ...rejected(study), occurredAt: at(60 * minute) })).closed,
      ),
    ).toEqual(["SIGNED_IN_FUTURE", "STATEMENT_EXPIRED", ["CLOCK_SKEW"], ["CLOCK_SKEW"]]);
  });
});

describe("what opens it", () => {
  test("is kept with the patient, as much as was given; who was sent images is a holder of copies; all of it is forgotten", async () => {
    const { scratch, node, client, ris, study, subject, approvers } = await served();
    const [transfer, silent, note] = [
      await signedBy([ris], studyTransferred, sent(study, { destination: marker })),
      await signedBy([ris], studyTransferred, sent(study, { destination: "unsaid" })),
      await signedBy([ris], studyRejected, rejected(study, { note: marker })),
    ];
    const part = { ...note.closed, disclosures: { note: note.disclosures["note"] as never } };
    expect(await told(client, transfer.whole, silent.closed, part)).toEqual([[], [], []]);
    expect(node.vault.disclosures(transfer.statement.id)?.disclosures).toEqual(transfer.disclosures);
    expect(Object.keys(node.vault.disclosures(note.statement.id)?.disclosures ?? {})).toEqual(["note"]);
    expect(node.vault.statementsOf(study)).toEqual(
      expect.arrayContaining([transfer, silent, note].map(({ statement }) => statement.id)),
    );
    expect(node.vault.holders(study).map(({ where }) => where)).toEqual([marker, "not stated"]);
    await node.operations.forget(subject, approvers);
    // What comes again after that brings nothing back.
    expect(await told(client, transfer.whole)).toEqual([[]]);
    expect(node.vault.disclosures(transfer.statement.id)).toBeUndefined();
    await scratch.close();
    expect(traces(scratch.data, [marker])).toEqual([]);
  });

  test("is kept once, when the node died between vault and ledger", async () => {
    const { node, client, ris, study, subject } = await served();
    const { whole, statement, disclosures } = await signedBy([ris], studyRejected, rejected(study, { note: marker }));
    await node.vault.write((writer) => writer.keep({ subject, study, statement: statement.id, disclosures }));
    expect(await told(client, whole)).toEqual([[]]);
    expect(node.vault.statementsOf(study).filter((id) => id === statement.id)).toHaveLength(1);
  });

  test("opens it, and is what the kind takes; else nothing of it is kept, stated or said", async () => {
    const { node, raw, client, ris, study, scratch } = await served();
    const before = size(node);
    const loose = {
      ...studyRejected,
      sealed: { ...studyRejected.sealed, safeParse: (data: unknown) => ({ success: true, data }) },
    };
    const sealing = (note: unknown) =>
      signedBy([ris], loose as Kind<never, never>, { ...(rejected(study) as object), sealed: { note } } as never);
    const { closed, disclosures } = await signedBy([ris], studyRejected, rejected(study, { note: marker }));
    const { note, instances } = disclosures as Record<string, { salt: string; value: unknown }>;
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const given = [
      { note: { ...note, value: "other" } },
      { note: instances },
      { remark: note },
      { note: { ...note, salt: marker } },
      { note: { ...note, value: "deep" } },
      { toString: note },
      { note, instances: { ...note, value: null } },
    ].map((one) => ({ ...closed, disclosures: one }));
    const body = JSON.stringify({ statements: [...given, (await sealing({ name: marker })).whole] });
    const answer = await raw(body.replace('"deep"', deep));
    const text = await answer.text();
    const codes = (JSON.parse(text) as { statements: { code: string }[] }).statements.map(({ code }) => code);
    expect(codes).toEqual([...given.map(() => "DISCLOSURE_UNSUITED"), "SEALED_VALUE_INVALID"]);
    expect(text).not.toContain(marker);
    expect(await told(client, { ...closed, disclosures: given[0]?.disclosures as never })).toEqual([
      "DISCLOSURE_UNSUITED",
    ]);
    expect(size(node)).toBe(before);
    await scratch.close();
    expect(traces(scratch.data, [marker])).toEqual([]);
  });

  test("is about the patient whose study it is, and about one only", async () => {
    const { node, client, ris, study, other } = await served();
    const before = size(node);
    const amended = (patientId: string) => ({
      open: { study, modalities: ["CT"], series: 1, instances: 3, manifest: "5e".repeat(32) },
      sealed: { studyUid: berg.studyUid, subject: { issuer: "", patientId } },
      supersedes: { statement: node.vault.statementsOf(study)[0] as string, reason: "amended" as const },
    });
    const statements = [
      await signedBy([ris], studyRejected, rejected(unknownStudy, { note: marker })),
      await signedBy([ris], studyRegistered, registered("0b".repeat(16))),
      await signedBy([ris], studyRegistered, amended(coe.patientId)),
      await signedBy([ris], studyRegistered, amended("PAT-nobody")),
    ];
    expect(await told(client, ...statements.map(({ whole }) => whole))).toEqual(
      statements.map(() => "SUBJECT_NOT_ONE"),
    );
    expect([size(node), node.vault.statementsOf(other).length]).toEqual([before, 1]);
    expect(await told(client, (await signedBy([ris], studyRegistered, amended(berg.patientId))).whole)).toEqual([
      ["DEVICE_NOT_NAMED"],
    ]);
  });
});

describe("those who may hand in", () => {
  test("say nothing that their key may not: the contract decides by who signed, and strangers fill no table", async () => {
    const { scratch, node, client, ris, study } = await served();
    const rada = await member(scratch, node, "rada", "radiologist");
    const nobody = {
      ...ris,
      secret: { ...ris.secret, publicKey: { ...ris.secret.publicKey, bytes: new Uint8Array(32) } },
    };
    const transfer = await signedBy([rada], studyTransferred, sent(study, { destination: marker }));
    const hold = { open: { study, hold: "0c".repeat(16), reason: "legal" as const }, sealed: {} };
    const false_ = forged(await signedBy([ris], studyRejected, rejected(study)));
    const strange = await signedBy([nobody], studyRejected, rejected(study, { note: marker }));
    const before = [size(node), node.store.refusals(100).length];
    expect(await told(client, transfer.whole, false_, strange.whole, strange.closed)).toEqual([
      "ROLE_MISSING",
      "SIGNATURE_INVALID",
      "KEY_UNKNOWN",
      "KEY_UNKNOWN",
    ]);
    expect([size(node), node.store.refusals(100).length]).toEqual(before);
    expect(node.vault.disclosures(transfer.statement.id)).toBeUndefined();
    expect(await told(client, (await signedBy([rada], holdPlaced, hold)).closed)).toEqual(["ROLE_MISSING"]);
  });

  test("state nothing that the node itself does, whoever signed it", async () => {
    const { node, client, ris, approvers, study, subject } = await served();
    const before = size(node);
    const count = { receipts: 0, backups: 0, copies: 0 };
    const minute = `${new Date().toISOString().slice(0, 16)}:00.000Z`;
    const read = {
      ...{ readerType: "person", reader: approvers[0].actor, roles: [], what: "study", action: "view" },
      ...{ purpose: "TREAT", purposeBasis: "presumed", outcome: "permitted", minute, recorded: "before" },
    };
    const [dora, dan] = approvers;
    const statements = [
      await signedBy([dora], subjectCorrected, {
        open: { study, scopes: 0 },
        sealed: { from: { issuer: "", patientId: "A" }, to: { issuer: "", patientId: "B" } },
      }),
      await signedBy([ris], correctionNotified, {
        open: { study, scope: "0e".repeat(16), party: "holder" },
        sealed: {},
      }),
      await signedBy([dora], correctionCompleted, { open: { study }, sealed: {} }),
      await signedBy([dora, dan], destructionApproved, {
        open: { studies: [study], reason: "retention-expired" },
        sealed: {},
      }),
      await signedBy([ris], studyDestroyed, { open: { study, instances: 3, method: "keys" }, sealed: {} }),
      await signedBy([dora, dan], erasureApproved, { open: { subject, studies: [study] }, sealed: {} }),
      await signedBy([ris], erasureExecuted, {
        open: { subject, approval: "0d".repeat(32), survivors: count },
        sealed: {},
      }),
      await signedBy([ris], readPerformed, { open: read as never, sealed: {} }),
    ];
    expect(new Set(statements.map(({ statement }) => statement.content.kind))).toEqual(
      new Set((await client.log()).withheldKinds),
    );
    const closed = statements.map((one) => one.closed);
    expect(await told(client, ...closed)).toEqual(closed.map(() => "KIND_HAS_COMMAND"));
    expect(size(node)).toBe(before);
  });

  test("have the permission", async () => {
    const { server, operator, ris, study } = await served();
    const { client: id, secret } = await operator.client.addTokenClient({ name: "other", scopes: ["ledger.read"] });
    const { access_token: token } = await operator.client.token({ client: id, secret });
    const { closed } = await signedBy([ris], studyRejected, rejected(study));
    expect(await refusal(apiClient({ baseUrl: server.url, token }).submit([closed]))).toBe("NOT_ALLOWED");
    expect(await refusal(apiClient({ baseUrl: server.url }).submit([closed]))).toBe("NOT_SIGNED_IN");
  });
});

describe("hostile bodies", () => {
  const codeOf = async (answer: Response) => [answer.status, ((await answer.json()) as { code?: string }).code];

  test("of another shape, of too many statements, and of too many bytes", async () => {
    const { raw } = await served();
    const envelopes = (count: number) =>
      JSON.stringify({ statements: Array.from({ length: count }, () => ({ envelope: "{}" })) });
    const invalid = [
      "",
      "[]",
      "{}",
      "{",
      '{"statements":[]}',
      '{"statements":[{}]}',
      '{"statements":[{"envelope":7}]}',
      '{"statements":[{"envelope":"{}","disclosures":[]}]}',
      '{"statements":[{"envelope":"{}","disclosures":{"__proto__":{"salt":"","value":1}}}]}',
      envelopes(mostStatements + 1),
    ];
    for (const body of invalid) expect(await codeOf(await raw(body))).toEqual([400, "REQUEST_INVALID"]);
    expect((await raw(envelopes(mostStatements))).status).toBe(200);
    expect(await codeOf(await raw(JSON.stringify({ statements: [{ envelope: "x".repeat(9 * 2 ** 20) }] })))).toEqual([
      413,
      "REQUEST_TOO_LARGE",
    ]);
  });

  test("a hundred of the largest envelopes are taken, larger ones refused each", async () => {
    const { client } = await served();
    const largest = Array.from({ length: mostStatements }, (_, at) => ({ envelope: "x".repeat(61_440 + (at % 2)) }));
    expect(await told(client, ...largest)).toEqual(
      largest.map((_, at) => (at % 2 === 0 ? "ENVELOPE_NOT_CANONICAL" : "ENVELOPE_TOO_LARGE")),
    );
    expect(await told(client, { envelope: "\ud800" }, { envelope: "" }, { envelope: "[".repeat(60_000) })).toEqual([
      "ENVELOPE_NOT_CANONICAL",
      "ENVELOPE_NOT_CANONICAL",
      "ENVELOPE_NOT_CANONICAL",
    ]);
  });

  test("more at a time than there is room for: told to come again, and no room is lost", async () => {
    const { client, ris, study } = await served({ submissionBytes: 10_000 });
    const { closed } = await signedBy([ris], studyRejected, rejected(study));
    const large = [closed, { envelope: "x".repeat(9_000) }];
    const answers = await Promise.all(Array.from({ length: 4 }, () => refusal(client.submit(large))));
    expect(new Set(answers)).toEqual(new Set(["answered", "BUSY"]));
    expect(await told(client, closed)).toEqual([[]]);
    expect(await refusal(client.submit(large))).toBe("answered");
  });
});
