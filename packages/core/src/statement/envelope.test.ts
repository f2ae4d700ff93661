import { createHash } from "node:crypto";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { anna, draft, gateway, northlake, signedBy, signer } from "../../../../vectors/receipt/sample-log.ts";
import { fromBase64, toBase64, utf8, utf8Decode } from "../encoding/bytes.ts";
import { canonicalJson, type Json, type JsonObject } from "../encoding/canonical-json.ts";
import { formatEntry, parseEntry } from "./entry.ts";
import {
  formatEnvelope,
  largestEnvelopeBytes,
  parseStatement,
  preAuthenticationEncoding,
  type Statement,
} from "./envelope.ts";

let statement: Statement;
beforeAll(async () => {
  const open = { actor: anna.actor, key: anna.declared };
  statement = await signedBy(
    draft("identity.key.registered", [signer(northlake), signer(anna, "counter-signature")], open, { note: "x" }),
    northlake,
    anna,
  );
});

const jsonOf = (bytes: Uint8Array) => JSON.parse(utf8Decode(bytes) ?? "") as Record<string, Json>;
const envelopeWith = (change: (envelope: Record<string, Json>) => Json) =>
  parseStatement(utf8(canonicalJson(change(jsonOf(statement.bytes)))));
const payloadWith = (change: (payload: Record<string, Json>) => Json) =>
  envelopeWith((envelope) => ({
    ...envelope,
    payload: toBase64(utf8(canonicalJson(change(jsonOf(fromBase64(envelope["payload"] as string) as Uint8Array))))),
  }));
const predicateWith = (change: JsonObject | ((predicate: JsonObject) => JsonObject)) =>
  payloadWith((payload) => {
    const predicate = payload["predicate"] as JsonObject;
    return { ...payload, predicate: typeof change === "function" ? change(predicate) : { ...predicate, ...change } };
  });

describe("a statement", () => {
  test("is read as it was written, whoever writes it", () => {
    expect(parseStatement(statement.bytes)).toEqual(statement);
    expect(formatEnvelope(statement.payload, statement.signatures)).toEqual(statement.bytes);
  });

  test("is named by SHA-256 over DSSE's pre-authentication encoding", () => {
    const type = "application/vnd.in-toto+json";
    const signed = Buffer.concat([
      Buffer.from(`DSSEv1 ${type.length} ${type} ${statement.payload.length} `),
      statement.payload,
    ]);
    expect(preAuthenticationEncoding(statement.payload)).toEqual(new Uint8Array(signed));
    expect(statement.id).toBe(createHash("sha256").update(signed).digest("hex"));
  });

  test("keeps its id when it is signed again, and its bytes differ", async () => {
    const again = await signedBy(draft("identity.log.created", [signer(northlake)], {}), northlake);
    expect((await signedBy(draft("identity.log.created", [signer(northlake)], {}), northlake)).id).toBe(again.id);
  });

  test("that seals nothing is about the log", async () => {
    const plain = await signedBy(draft("identity.role.granted", [signer(northlake)], {}), northlake);
    const { subject } = jsonOf(plain.payload) as { subject: Json };
    expect(subject).toEqual([
      { name: "log", digest: { sha256: createHash("sha256").update("log.example/sample").digest("hex") } },
    ]);
    expect(plain.content.commitments).toEqual({});
  });
});

describe("an envelope is refused", () => {
  test.each<[string, (envelope: Record<string, Json>) => Json]>([
    ["with an unknown member", (envelope) => ({ ...envelope, extra: 1 })],
    ["without a member", ({ payload, signatures }) => ({ payload: payload as Json, signatures: signatures as Json })],
    ["of another payload type", (envelope) => ({ ...envelope, payloadType: "application/json" })],
    ["with a payload that is no canonical base64", (envelope) => ({ ...envelope, payload: `${envelope["payload"]}=` })],
    [
      "with a signature of another length",
      (envelope) => ({ ...envelope, signatures: [{ keyid: "00".repeat(32), sig: "AAAA" }] }),
    ],
    [
      "with an unknown member in a signature",
      (envelope) => ({
        ...envelope,
        signatures: (envelope["signatures"] as JsonObject[]).map((one) => ({ ...one, x: 1 })),
      }),
    ],
    ["that is an array", (envelope) => [envelope]],
  ])("%s", (_, change) => {
    expect(envelopeWith(change)).toBe("ENVELOPE_MALFORMED");
  });

  test("with a signature stripped, added, or in another order", () => {
    const signatures = (change: (all: Json[]) => Json[]) =>
      envelopeWith((envelope) => ({ ...envelope, signatures: change(envelope["signatures"] as Json[]) }));
    expect(signatures((all) => all.slice(0, 1))).toBe("SIGNATURES_DO_NOT_MATCH_SIGNERS");
    expect(signatures((all) => [...all, all[0] as Json])).toBe("SIGNATURES_DO_NOT_MATCH_SIGNERS");
    expect(signatures((all) => [...all].reverse())).toBe("SIGNATURES_DO_NOT_MATCH_SIGNERS");
  });

  test("that is not canonical, to the letter", () => {
    const text = utf8Decode(statement.bytes) as string;
    for (const other of [
      ` ${text}`,
      text.replace('"payload":', '"payload": '),
      text.replace("{", '{"payload":"",'),
      text.slice(1),
      "",
    ]) {
      expect(parseStatement(utf8(other))).toBe("ENVELOPE_NOT_CANONICAL");
    }
    expect(parseStatement(Uint8Array.of(0xff))).toBe("ENVELOPE_NOT_CANONICAL");
  });

  test("that is too large, unread", () => {
    expect(parseStatement(new Uint8Array(largestEnvelopeBytes + 1))).toBe("ENVELOPE_TOO_LARGE");
  });
});

describe("a payload is refused", () => {
  test("that is not canonical JSON", () => {
    expect(envelopeWith((envelope) => ({ ...envelope, payload: toBase64(utf8("{ }")) }))).toBe("PAYLOAD_NOT_CANONICAL");
  });

  test.each<[string, (payload: Record<string, Json>) => Json]>([
    ["of another statement type", (payload) => ({ ...payload, _type: "https://in-toto.io/Statement/v0.1" })],
    ["of no kind", (payload) => ({ ...payload, predicateType: "urn:fiducial:kind:imaging.study:1" })],
    ["of version 0", (payload) => ({ ...payload, predicateType: "urn:fiducial:kind:imaging.study.registered:0" })],
    ["with an unknown member", (payload) => ({ ...payload, extra: 1 })],
    ["without a subject", (payload) => ({ ...payload, subject: [] })],
    [
      "whose commitment is upper case",
      (payload) => ({ ...payload, subject: [{ name: "note", digest: { "fiducial-commitment-v1": "AB".repeat(32) } }] }),
    ],
    [
      "whose commitment has another digest beside it",
      (payload) => ({
        ...payload,
        subject: [{ name: "note", digest: { "fiducial-commitment-v1": "ab".repeat(32), sha256: "ab".repeat(32) } }],
      }),
    ],
    [
      "whose commitments are not in order",
      (payload) => ({
        ...payload,
        subject: ["b", "a"].map((name) => ({ name, digest: { "fiducial-commitment-v1": "ab".repeat(32) } })),
      }),
    ],
    [
      "about another log than it names",
      (payload) => ({ ...payload, subject: [{ name: "log", digest: { sha256: "ab".repeat(32) } }] }),
    ],
  ])("%s", (_, change) => {
    expect(payloadWith(change)).toBe("PAYLOAD_MALFORMED");
  });

  test.each<[string, JsonObject]>([
    ["an origin with a space", { log: "log.example sample" }],
    ["an upper-case origin", { log: "Log.example" }],
    ["an origin that a key name may not hold", { log: "log.example+x" }],
    ["no such day", { occurredAt: "2026-02-30T00:00:00.000Z" }],
    ["a signing time without Z", { signedAt: "2026-11-18T08:44:09.214+00:00" }],
    ["an unknown basis", { basis: "guessed" }],
    ["an unknown member", { extra: 1 }],
    ["open fields that are no object", { open: [] }],
    ["a supersession without reason", { supersedes: { statement: "ab".repeat(32) } }],
    ["no signers", { signers: [] }],
  ])("with %s", (_, change) => {
    expect(predicateWith(change)).toBe("PAYLOAD_MALFORMED");
  });

  test.each<[string, (signers: readonly JsonObject[]) => readonly JsonObject[]]>([
    ["one key twice", ([first]) => [first as JsonObject, { ...first, capacity: "counter-signature" }]],
    ["a counter-signature first", ([first]) => [{ ...first, capacity: "counter-signature" }]],
    ["a second who states", ([first, second]) => [first as JsonObject, { ...second, capacity: "self" }]],
    ["a principal without the capacity", ([first]) => [{ ...first, principal: "ab".repeat(16) }]],
    ["the capacity without a principal", ([first]) => [{ ...first, capacity: "on-behalf-of" }]],
    ["an actor of another length", ([first]) => [{ ...first, actor: "ab" }]],
    ["an unknown capacity", ([first]) => [{ ...first, capacity: "witness" }]],
  ])("whose signers have %s", (_, change) => {
    expect(
      predicateWith((predicate) => ({ ...predicate, signers: change(predicate["signers"] as readonly JsonObject[]) })),
    ).toBe("PAYLOAD_MALFORMED");
  });
});

describe("an entry", () => {
  const recordedAt = "2026-11-18T08:44:09.214Z";

  test("is read as it was written", () => {
    const entry = { findings: ["CLOCK_SKEW", "LATE_ENTRY"], recordedAt, statement };
    expect(parseEntry(formatEntry(entry))).toEqual(entry);
  });

  test.each<[string, JsonObject]>([
    ["findings out of order", { findings: ["B_CODE", "A_CODE"] }],
    ["a finding twice", { findings: ["A_CODE", "A_CODE"] }],
    ["a finding that is no code", { findings: ["late"] }],
    ["a time with an offset", { recordedAt: "2026-11-18T08:44:09.214+01:00" }],
    ["an unknown member", { extra: 1 }],
    ["no statement", { statement: {} }],
  ])("with %s is none", (_, change) => {
    const entry = jsonOf(formatEntry({ findings: [], recordedAt, statement }));
    expect(parseEntry(utf8(canonicalJson({ ...entry, ...change })))).toBeUndefined();
  });
});

test("no flipped bit leaves the same statement, and no bytes make the reader throw", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: 7 }),
      fc.uint8Array(),
      (at, bit, noise) => {
        const flipped = statement.bytes.slice();
        const place = at % flipped.length;
        flipped[place] = (flipped[place] as number) ^ (1 << bit);
        const parsed = parseStatement(flipped);
        const same =
          typeof parsed !== "string" &&
          parsed.id === statement.id &&
          parsed.signatures.every(({ sig }, n) =>
            Buffer.from(sig).equals(statement.signatures[n]?.sig ?? new Uint8Array()),
          );
        expect(same).toBe(false);
        parseStatement(noise);
        parseEntry(noise);
      },
    ),
    { numRuns: 2000 },
  );
});

test("what is signed on behalf of somebody names whom", async () => {
  const { content } = await signedBy(draft("imaging.study.registered", [signer(gateway, "on-behalf-of")], {}), gateway);
  expect(content.signers[0]).toMatchObject({ capacity: "on-behalf-of", principal: northlake.actor });
});
