// Entries as they lie in a log, and what stands in them, read as plain JSON: nothing here knows how Fiducial reads a statement.
import { formatEntry, keyIdOf } from "@fiducial/core";
import { hospital } from "../../apps/node/src/scratch/scratch-hospital.ts";
import { allStories } from "../../packages/contract/stories/all.ts";
import { prologues } from "../../packages/contract/stories/prologues.ts";

/** A DSSE envelope as JSON. */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string; readonly webauthn?: object }[];
}

/** An in-toto Statement v1 as JSON. */
export interface InTotoStatement {
  readonly _type: string;
  readonly predicateType: string;
  readonly subject: readonly { readonly name: string; readonly digest: Readonly<Record<string, string>> }[];
  readonly predicate: { readonly signers: readonly { readonly key: string }[] };
}

/** A public key as a statement declares it. */
export interface Key {
  readonly id: string;
  readonly algorithm: string;
  readonly publicKey: string;
}

/** Writes an entry for every statement that the stories demand to be accepted, prologues first. */
export function storyEntries(): Uint8Array[] {
  const before = Object.values(prologues).flatMap(({ steps }) => steps);
  const told = allStories.flatMap(({ stories }) => stories.flatMap(({ steps }) => steps));
  return [...before, ...told].flatMap(({ statement, recordedAt, expected }) =>
    expected.accepted ? [formatEntry({ findings: expected.findings, recordedAt, statement })] : [],
  );
}

/** Opens a node, lets a small hospital work with it, and returns the entries of its log. */
export async function nodeEntries(): Promise<Uint8Array[]> {
  const { node, approvers, study, other, subject } = await hospital();
  const { hold } = await node.operations.placeHold({ studies: [study], reason: "legal" }, approvers);
  await node.operations.releaseHold({ study, hold }, approvers);
  await node.operations.setRetention({ study: other, until: "2099-01-01T00:00:00.000Z" }, approvers);
  await node.operations.forget(subject, approvers);
  return node.store.entries(0, node.store.head().edge.size);
}

/** Returns the envelope in an entry. */
export function envelopeIn(entry: Uint8Array): Envelope {
  return (JSON.parse(new TextDecoder().decode(entry)) as { readonly statement: Envelope }).statement;
}

/** Returns what an envelope holds. */
export function statementIn({ payload }: Envelope): InTotoStatement {
  return JSON.parse(Buffer.from(payload, "base64").toString("utf8")) as InTotoStatement;
}

/** Returns every key that a statement among `envelopes` declares, wherever in it. */
export function declaredKeys(envelopes: readonly Envelope[]): Key[] {
  const found = new Map<string, Key>();
  const search = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if ("algorithm" in value && "publicKey" in value) {
      const declared = value as Parameters<typeof keyIdOf>[0];
      const id = keyIdOf(declared);
      found.set(id, { id, algorithm: declared.algorithm, publicKey: declared.publicKey });
    }
    Object.values(value).forEach(search);
  };
  envelopes.map(statementIn).forEach(search);
  return [...found.values()];
}
