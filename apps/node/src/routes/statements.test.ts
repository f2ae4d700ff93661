// Statements over HTTP: what is taken, what is refused, and what is made of bodies that mean no good.
import { apiClient, mostStatements } from "@fiducial/api";
import { actorRegistered, keyRegistered, studyRegistered, studyRejected } from "@fiducial/contract";
import { formatUtcTime, publicKeyOf, signMessage, toBase64 } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import type { MemberKey } from "../operations/key-file.ts";
import { signedBy } from "../scratch/own-program.ts";
import { member } from "../scratch/scratch-node.ts";
import { refusal } from "../scratch/scratch-server.ts";
import { marker, registered, rejected, served, size, told, unknownStudy } from "../scratch/submitting-program.ts";

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
