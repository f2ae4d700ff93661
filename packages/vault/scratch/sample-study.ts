// A made-up study with everything that a vault keeps of one, for tests.
import { randomBytes } from "node:crypto";
import { type Disclosure, type JsonObject, type ManifestItem, manifestOf, saltOf, toHex, utf8 } from "@fiducial/core";
import type { Vault } from "../src/vault.ts";

/** What was kept, as it was before it went into the vault. */
export interface SampleStudy {
  readonly subject: string;
  readonly study: string;
  readonly studyUid: string;
  readonly statement: string;
  readonly seed: Uint8Array;
  readonly disclosures: Readonly<Record<string, Disclosure>>;
  readonly items: readonly ManifestItem[];
  readonly headers: readonly Uint8Array[];
}

/** Whose study, and how many objects it has. */
export interface SampleOptions {
  readonly patientId: string;
  readonly issuer?: string;
  readonly studyUid?: string;
  readonly size?: number;
}

/** A random statement id. */
export function randomStatement(): string {
  return toHex(randomBytes(32));
}

/** A disclosure of each value, salts derived from `seed`. */
export function disclosuresOf(seed: Uint8Array, values: JsonObject): Record<string, Disclosure> {
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [field, { salt: toHex(saltOf(seed, field)), value }]),
  );
}

/** Registers a study of `size` objects (3 if not said), as intake does: headers while they come in, then the rest at once. */
export async function keepStudy(vault: Vault, options: SampleOptions): Promise<SampleStudy> {
  const { patientId, issuer = "", studyUid = `1.2.840.${randomBytes(6).readUIntBE(0, 6)}`, size = 3 } = options;
  const { subject, study } = await vault.write((writer) => {
    const handle = writer.subjectOf({ issuer, patientId });
    return { subject: handle, study: writer.studyOf(studyUid, handle, { accession: `A-${studyUid}` }).handle };
  });
  const seed = new Uint8Array(randomBytes(32));
  const disclosures = disclosuresOf(seed, { subject: { issuer, patientId }, studyUid, description: "Head" });
  const { items } = manifestOf(recordsOf(studyUid, size), seed);
  const headers = Array.from({ length: size }, (_, place) => utf8(`${patientId}^${studyUid}^${place}`.repeat(20)));
  const collection = vault.collectHeaders(subject);
  for (const header of headers) await collection.add(header);
  const statement = randomStatement();
  const objects = items.map(({ value }, item) => ({ item, ...(value as { sopInstanceUid: string; file: string }) }));
  await vault.write((writer) => {
    writer.keep({ statement, subject, study, seed, disclosures, manifest: items, headers: collection, objects });
    writer.recordHolder(study, { kind: "pacs", where: "archive", at: "2026-01-02T03:04:05Z" });
  });
  return { subject, study, studyUid, statement, seed, disclosures, items, headers };
}

function recordsOf(studyUid: string, size: number): { sopInstanceUid: string; file: string }[] {
  return Array.from({ length: size }, (_, place) => ({
    sopInstanceUid: `${studyUid}.${place}`,
    file: toHex(randomBytes(32)),
  }));
}
