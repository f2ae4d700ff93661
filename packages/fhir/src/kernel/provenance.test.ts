import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { handle, maybeText, offsetTime, statementId, structureFaults, utcTime } from "../scratch/structure.ts";
import { type EntryFact, provenanceOf } from "./provenance.ts";

const fact: EntryFact = {
  id: "ab".repeat(32),
  index: 12,
  log: "hospital.example/log",
  kind: "imaging.study.destroyed",
  says: "A study was destroyed.",
  recordedAt: "2026-02-03T04:05:06.789Z",
  occurredAt: "2026-02-03T05:05:00.000+01:00",
  signedAt: "2026-02-03T04:05:01.000Z",
  findings: ["CLOCK_SKEW"],
  signers: [
    {
      actor: "12".repeat(16),
      type: "person",
      roles: ["data-steward"],
      capacity: "self",
      organization: "cd".repeat(16),
      organizationName: "Hospital",
    },
    {
      actor: "cd".repeat(16),
      type: "organization",
      roles: [],
      capacity: "counter-signature",
      organization: "cd".repeat(16),
    },
  ],
  studies: ["34".repeat(16)],
  actors: [],
  statements: [],
  supersedes: "ef".repeat(32),
  envelope: new TextEncoder().encode('{"payload":"e30="}'),
  receiptUrl: "http://localhost/api/v1/entries/12/receipt",
  receiptMediaType: "application/vnd.fiducial.receipt+json",
};

describe("a Provenance", () => {
  test("holds the envelope byte by byte, once for each who signed", () => {
    const provenance = provenanceOf(fact);
    expect(structureFaults(provenance)).toEqual([]);
    expect(provenance.signature?.map(({ data }) => Buffer.from(data ?? "", "base64"))).toEqual([
      Buffer.from(fact.envelope),
      Buffer.from(fact.envelope),
    ]);
    expect(provenance.signature).toMatchObject([
      {
        type: [{ code: "1.2.840.10065.1.12.1.1" }],
        when: fact.signedAt,
        who: { reference: `Practitioner/${"12".repeat(16)}` },
        onBehalfOf: { reference: `Organization/${"cd".repeat(16)}`, display: "Hospital" },
        targetFormat: "application/vnd.in-toto+json",
        sigFormat: "application/vnd.dsse.envelope.v1+json",
      },
      { type: [{ code: "1.2.840.10065.1.12.1.2" }], who: { reference: `Organization/${"cd".repeat(16)}` } },
    ]);
  });

  test("tells what it is about, who said it in which role, when, and what it takes the place of", () => {
    expect(provenanceOf(fact)).toMatchObject({
      target: [{ reference: `ImagingStudy/${"34".repeat(16)}` }],
      occurredDateTime: "2026-02-03T05:05:00.000+01:00",
      recorded: fact.recordedAt,
      activity: { coding: [{ system: "urn:fiducial:kind", code: fact.kind }], text: fact.says },
      agent: [
        { type: { coding: [{ code: "author" }] }, role: [{ coding: [{ code: "data-steward" }] }] },
        { type: { coding: [{ code: "attester" }] } },
      ],
      entity: [{ role: "revision", what: { reference: `Provenance/${fact.supersedes}` } }],
    });
  });

  test("bears the findings, the entry's number and the way to the receipt", () => {
    expect(provenanceOf(fact).extension).toMatchObject([
      { url: "urn:fiducial:fhir:receipt", valueAttachment: { url: fact.receiptUrl } },
      { url: "urn:fiducial:fhir:entry-index", valueUnsignedInt: 12 },
      { url: "urn:fiducial:fhir:finding", valueCoding: { code: "CLOCK_SKEW" } },
    ]);
  });

  test("is about the log when the entry names nothing else", () => {
    expect(provenanceOf({ ...fact, studies: [] }).target).toMatchObject([
      { identifier: { system: "urn:fiducial:log", value: fact.log } },
    ]);
  });

  test("is well-formed whatever the entry", () => {
    const type = fc.constantFrom(
      "organization" as const,
      "person" as const,
      "ai" as const,
      "device" as const,
      "software" as const,
    );
    const signer = fc.record({
      actor: handle,
      type,
      roles: fc.array(fc.constantFrom("radiologist", "auditor"), { maxLength: 2 }),
      name: maybeText,
      capacity: fc.constantFrom("self" as const, "on-behalf-of" as const, "counter-signature" as const),
      organization: handle,
      organizationName: maybeText,
    });
    const facts = fc.record({
      id: statementId,
      index: fc.nat(),
      log: fc.constant("a.example/log"),
      kind: fc.constantFrom("imaging.study.registered", "identity.key.revoked"),
      says: maybeText,
      recordedAt: utcTime,
      occurredAt: offsetTime,
      signedAt: utcTime,
      findings: fc.array(fc.constantFrom("CLOCK_SKEW", "DEVICE_UNKNOWN"), { maxLength: 2 }),
      signers: fc.array(signer, { minLength: 1, maxLength: 3 }),
      studies: fc.array(handle, { maxLength: 2 }),
      actors: fc.array(fc.record({ actor: handle, type }), { maxLength: 2 }),
      statements: fc.array(statementId, { maxLength: 1 }),
      supersedes: fc.option(statementId, { nil: undefined }),
      envelope: fc.uint8Array({ minLength: 1, maxLength: 100 }),
      receiptUrl: fc.constant(fact.receiptUrl),
      receiptMediaType: fc.constant(fact.receiptMediaType),
    });
    fc.assert(fc.property(facts, (any) => structureFaults(provenanceOf(any)).length === 0));
  });
});
