// Entries as Provenance: all of them, found by what they are about, and verified by whoever receives one.
import { createHash, createPublicKey, verify } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type FhirClient, matchesIn } from "../../scratch/fhir-client.ts";
import { coe, type FhirHospital, fhirHospital } from "../../scratch/fhir-hospital.ts";

let hospital: FhirHospital;
let client: FhirClient;

beforeAll(async () => {
  hospital = await fhirHospital();
  client = hospital.client;
});
afterAll(() => hospital.close());

interface Signed {
  readonly signature: readonly { readonly data: string; readonly who: { readonly reference: string } }[];
}

interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

const idOf = async (query: string) => matchesIn(await client.search(query))[0]?.id ?? "";

test("there is one for every entry, the newest first", async () => {
  const { size } = hospital.node.store.head().edge;
  const all = await client.all("Provenance?_count=2");
  expect(all.map(({ meta }) => Number(meta?.versionId))).toEqual(
    Array.from({ length: size }, (_, at) => size - 1 - at),
  );
  const ascending = await client.all("Provenance?_sort=_lastUpdated&_count=2");
  expect(ascending.map(({ id }) => id)).toEqual(all.map(({ id }) => id).reverse());
});

// As docs/fhir.md tells a receiver to do it, with nothing of ours: the envelope is DSSE, the keys are in the entries that registered them.
test("every signature verifies with what FHIR gives alone, and none when a bit is changed", async () => {
  const all = (await client.all("Provenance?_sort=_lastUpdated")) as unknown as Signed[];
  const envelopes = all.map(({ signature }) => Buffer.from(signature[0]?.data ?? "", "base64").toString("utf8"));
  const keys = new Map<string, string>();
  for (const text of envelopes) for (const [id, key] of keysIn(text)) keys.set(id, key);
  expect(keys.size).toBeGreaterThan(1);
  for (const [at, text] of envelopes.entries()) {
    const envelope = JSON.parse(text) as Envelope;
    expect(all[at]?.signature.length).toBe(envelope.signatures.length);
    expect(envelope.signatures.map((_, number) => verifies(envelope, number, keys))).toEqual(
      envelope.signatures.map(() => true),
    );
    const payload = Buffer.from(envelope.payload, "base64");
    payload[payload.length >> 1] = (payload[payload.length >> 1] as number) ^ 1;
    expect(verifies({ ...envelope, payload: payload.toString("base64") }, 0, keys)).toBe(false);
  }
});

test("one is found by what it is about, who signed, and when", async () => {
  const study = await idOf(`ImagingStudy?identifier=${coe.uid}`);
  const [about] = matchesIn(await client.search(`Provenance?target=ImagingStudy/${study}`));
  expect(about).toMatchObject({ target: [{ reference: `ImagingStudy/${study}` }] });
  const gateway = matchesIn(await client.search("Device"))[0]?.id ?? "";
  const signed = await client.all(`Provenance?agent=Device/${gateway}`);
  const kinds = (signed as { activity?: { coding: { code: string }[] } }[]).map(
    ({ activity }) => activity?.coding[0]?.code,
  );
  expect(kinds.filter((kind) => kind === "imaging.study.registered").length).toBe(3);
  expect(kinds).not.toContain("identity.log.created");
  expect(await client.all(`Provenance?agent=Practitioner/${gateway}`)).toEqual([]);
  expect((await client.all(`Provenance?target=Device/${gateway}`)).length).toBeGreaterThanOrEqual(2);
  expect(await client.all("Provenance?recorded=lt2020")).toEqual([]);
});

// docs/formats/keys.md, "Key id".
function keysIn(envelope: string): [id: string, publicKey: string][] {
  const { open } = (JSON.parse(Buffer.from((JSON.parse(envelope) as Envelope).payload, "base64").toString()) as Payload)
    .predicate;
  const declared = [
    ...(open.key === undefined ? [] : [open.key]),
    ...(open.organizations ?? []).flatMap(({ rootKeys }) => rootKeys),
  ];
  return declared.flatMap((key) => {
    if (typeof key === "string") return [];
    const head = Buffer.from(`fiducial-key-v1\0${key.algorithm}\0`);
    const id = createHash("sha256").update(head).update(Buffer.from(key.publicKey, "base64")).digest("hex");
    return [[id, key.publicKey]];
  });
}

interface Payload {
  readonly predicate: {
    readonly open: {
      readonly key?: string | { readonly algorithm: string; readonly publicKey: string };
      readonly organizations?: readonly { readonly rootKeys: readonly { algorithm: string; publicKey: string }[] }[];
    };
  };
}

// DSSE v1.0.2, PAE; RFC 8032, RFC 8410 (the key as SubjectPublicKeyInfo).
function verifies(
  { payload, payloadType, signatures }: Envelope,
  number: number,
  keys: ReadonlyMap<string, string>,
): boolean {
  const { keyid = "", sig = "" } = signatures[number] ?? {};
  const body = Buffer.from(payload, "base64");
  const signed = Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${body.length} `), body]);
  const der = Buffer.concat([
    Buffer.from("302a300506032b6570032100", "hex"),
    Buffer.from(keys.get(keyid) ?? "", "base64"),
  ]);
  return verify(null, signed, createPublicKey({ key: der, format: "der", type: "spki" }), Buffer.from(sig, "base64"));
}
