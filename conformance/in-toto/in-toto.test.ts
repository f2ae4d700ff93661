// What readers of DSSE and in-toto that are not ours make of statements as they lie in logs. DSSE v1.0.2, in-toto Statement v1.
import { createHash } from "node:crypto";
import { newestContract } from "@fiducial/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { goProgram } from "../sumdb/go-program.ts";
import {
  declaredKeys,
  type Envelope,
  envelopeIn,
  type InTotoStatement,
  type Key,
  nodeEntries,
  statementIn,
  storyEntries,
} from "./ledger-entries.ts";

interface Finding {
  readonly id: string;
  /** Why its signatures are refused; empty when all are good. */
  readonly signatures: string;
  /** Why its statement is refused. */
  readonly statement: string;
  readonly predicateType: string;
  readonly subjects: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const program = await goProgram(import.meta.dirname);
const story = storyEntries().map(envelopeIn);
const storyKeys = declaredKeys(story);
const keysOf = (envelope: Envelope) => statementIn(envelope).predicate.signers.map(({ key }) => key);

/** Has envelopes read; each must be signed by those whom the statement of the envelope beside it names, its own unless told. */
async function read(keys: readonly Key[], envelopes: readonly Envelope[], asIn = envelopes): Promise<Finding[]> {
  const asked = envelopes.map((envelope, at) => ({ envelope, signers: keysOf(asIn[at] as Envelope) }));
  return (await program?.({ keys, envelopes: asked })) as Finding[];
}

// Go and its modules are not on every machine.
describe.skipIf(program === undefined)("securesystemslib and in-toto attestation", () => {
  test("accept a statement of every kind, signed with Ed25519, P-256 and passkeys", async () => {
    const found = await read(storyKeys, story);
    expect(found).toEqual(story.map(expectedFinding));
    const kinds = newestContract.kinds.map(({ name, version }) => `urn:fiducial:kind:${name}:${version}`);
    expect([...new Set(found.map(({ predicateType }) => predicateType))].sort()).toEqual(kinds.sort());
    const used = new Set(story.flatMap(keysOf));
    const algorithms = storyKeys.filter(({ id }) => used.has(id)).map(({ algorithm }) => algorithm);
    expect([...new Set(algorithms)].sort()).toEqual(["Ed25519", "P-256", "WebAuthn-P-256"]);
  });

  test("accept every entry of a node's log", async () => {
    const envelopes = (await nodeEntries()).map(envelopeIn);
    expect(envelopes.length).toBeGreaterThan(12);
    expect(await read(declaredKeys(envelopes), envelopes)).toEqual(envelopes.map(expectedFinding));
  });

  test("refuse the signatures when one bit of payload, signature, key id or payload type is changed", async () => {
    const sample = fc.sample(
      fc.record({
        envelope: fc.constantFrom(...story),
        member: fc.constantFrom("payload", "sig", "keyid", "payloadType"),
        place: fc.nat(),
      }),
      { numRuns: 2000, seed: fc.readConfigureGlobal().seed ?? 20_261_122 },
    );
    const changed = sample.map(({ envelope, member, place }) => oneBitChanged(envelope, member, place));
    const found = await read(
      storyKeys,
      changed,
      sample.map(({ envelope }) => envelope),
    );
    expect(sample.filter((_, at) => found[at]?.signatures === "")).toEqual([]);
  });

  test("refuse the signatures when one is missing, is another's, or stands under another payload", async () => {
    const manySigners = story.filter(({ signatures }) => signatures.length > 1);
    expect(manySigners.length).toBeGreaterThan(10);
    const changes: ((envelope: Envelope, at: number) => Envelope)[] = [
      (envelope) => ({ ...envelope, signatures: [] }),
      (envelope) => ({ ...envelope, signatures: envelope.signatures.slice(1) }),
      (envelope) => ({ ...envelope, signatures: envelope.signatures.map(() => envelope.signatures[0] as never) }),
      (envelope) => {
        const sigs = envelope.signatures.map(({ sig }) => sig).reverse();
        return {
          ...envelope,
          signatures: envelope.signatures.map((one, at) => ({ ...one, sig: sigs[at] as string })),
        };
      },
      (envelope, at) => ({ ...envelope, payload: (manySigners.at(at - 1) as Envelope).payload }),
    ];
    for (const change of changes) {
      const found = await read(storyKeys, manySigners.map(change), manySigners);
      expect(found.filter(({ signatures }) => signatures === "")).toEqual([]);
    }
  });

  test("refuse what is no statement", async () => {
    const original = story[0] as Envelope;
    const changes: ((statement: InTotoStatement) => object)[] = [
      (statement) => ({ ...statement, _type: "https://in-toto.io/Statement/v2" }),
      (statement) => ({ ...statement, subject: [] }),
      (statement) => ({ ...statement, subject: [{ name: "log", digest: {} }] }),
      (statement) => ({ ...statement, subject: [{ name: "log", digest: { sha256: "00" } }] }),
      (statement) => ({ ...statement, predicateType: "" }),
      ({ predicate: _, ...statement }) => statement,
      (statement) => ({ ...statement, more: 1 }),
    ];
    const changed = changes.map((change) => ({
      ...original,
      payload: Buffer.from(JSON.stringify(change(statementIn(original)))).toString("base64"),
    }));
    const found = await read(
      storyKeys,
      changed,
      changes.map(() => original),
    );
    expect(found.map(({ statement, signatures }) => [statement !== "", signatures !== ""])).toEqual(
      changes.map(() => [true, true]),
    );
  });
});

// The pre-authentication encoding as DSSE's page has it, written once more.
function expectedFinding(envelope: Envelope): Finding {
  const payload = Buffer.from(envelope.payload, "base64");
  const { predicateType, subject } = statementIn(envelope);
  const head = `DSSEv1 ${envelope.payloadType.length} ${envelope.payloadType} ${payload.length} `;
  return {
    id: createHash("sha256").update(head).update(payload).digest("hex"),
    signatures: "",
    statement: "",
    predicateType,
    subjects: Object.fromEntries(subject.map(({ name, digest }) => [name, digest])),
  };
}

function oneBitChanged(envelope: Envelope, member: string, place: number): Envelope {
  if (member === "payload") return { ...envelope, payload: flipped(envelope.payload, "base64", place) };
  if (member === "payloadType") return { ...envelope, payloadType: flipped(envelope.payloadType, "latin1", place) };
  const chosen = place % envelope.signatures.length;
  const encoding = member === "sig" ? "base64" : "hex";
  const signatures = envelope.signatures.map((one, at) =>
    at === chosen ? { ...one, [member]: flipped(one[member as "sig" | "keyid"], encoding, place) } : one,
  );
  return { ...envelope, signatures };
}

function flipped(text: string, encoding: "base64" | "hex" | "latin1", place: number): string {
  const bytes = Buffer.from(text, encoding);
  const at = Math.floor(place / 8) % bytes.length;
  bytes[at] = (bytes[at] as number) ^ (1 << (place % 8));
  return bytes.toString(encoding);
}
