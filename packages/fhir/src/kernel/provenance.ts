// An entry of a log as Provenance, with the signed statement in it byte by byte. FHIR R4 § 6.3 (Provenance), § 2.24.0.14 (Signature); docs/fhir.md says how to verify it.
import { type OffsetTime, toBase64, type UtcTime } from "@fiducial/core";
import type { Organization, Provenance, ProvenanceAgent, Reference, Signature } from "@medplum/fhirtypes";
import { entryExtensions } from "./extensions.ts";
import { metaOf } from "./meta.ts";
import { type ActorKind, type ActorReference, actorReference } from "./references.ts";
import { systems } from "./systems.ts";
import { dateTimeOf, shownText } from "./texts.ts";

/** Somebody who signed a statement. */
export interface SignerFact {
  readonly actor: string;
  readonly type: ActorKind;
  /** Held when the entry was recorded. */
  readonly roles: readonly string[];
  /** Absent for persons: they appear by role. */
  readonly name?: string | undefined;
  readonly capacity: "self" | "on-behalf-of" | "counter-signature";
  readonly organization: string;
  readonly organizationName?: string | undefined;
}

/** An entry, as far as Provenance shows it. */
export interface EntryFact {
  /** The statement's id, 64 hex digits. */
  readonly id: string;
  readonly index: number;
  /** The origin of its log. */
  readonly log: string;
  readonly kind: string;
  /** The kind in a sentence. */
  readonly says?: string | undefined;
  readonly recordedAt: UtcTime;
  readonly occurredAt: OffsetTime;
  readonly signedAt: UtcTime;
  readonly findings: readonly string[];
  readonly signers: readonly SignerFact[];
  /** What it speaks of: handles of studies, actors, statements. */
  readonly studies: readonly string[];
  readonly actors: readonly { readonly actor: string; readonly type: ActorKind }[];
  readonly statements: readonly string[];
  /** The statement that this one takes the place of. */
  readonly supersedes?: string | undefined;
  /** The DSSE envelope, exactly as it was signed and logged. */
  readonly envelope: Uint8Array;
  /** Where the receipt is, absolute. */
  readonly receiptUrl: string;
  readonly receiptMediaType: string;
}

/** The media type of Signature.data: the JSON of a DSSE envelope. */
export const envelopeMediaType = "application/vnd.dsse.envelope.v1+json";
/** The media type of what is signed: the envelope's payload. in-toto attestation framework, envelope. */
export const statementMediaType = "application/vnd.in-toto+json";

/** Makes the Provenance of an entry. */
export function provenanceOf(entry: EntryFact): Provenance {
  const { id, kind, says, supersedes } = entry;
  const occurred = dateTimeOf(entry.occurredAt);
  const text = shownText(says);
  return {
    resourceType: "Provenance",
    id,
    meta: metaOf(entry),
    extension: entryExtensions(entry),
    target: targetsOf(entry),
    ...(occurred === undefined ? {} : { occurredDateTime: occurred }),
    recorded: entry.recordedAt,
    activity: { coding: [{ system: systems.kind, code: kind }], ...(text === undefined ? {} : { text }) },
    agent: entry.signers.map(agentOf),
    ...(supersedes === undefined
      ? {}
      : { entity: [{ role: "revision" as const, what: { reference: `Provenance/${supersedes}` } }] }),
    signature: entry.signers.map((signer) => signatureOf(entry, signer)),
  };
}

// What an entry is about: whatever it names, else the log itself.
function targetsOf({ studies, actors, statements, log }: EntryFact): Reference[] {
  const named = [
    ...studies.map((study) => ({ reference: `ImagingStudy/${study}` })),
    ...actors.map(({ type, actor }) => actorReference(type, actor)),
    ...statements.map((statement) => ({ reference: `Provenance/${statement}` })),
  ];
  return named.length > 0 ? named : [{ identifier: { system: systems.log, value: log }, display: "The log" }];
}

const agentTypes = { self: "author", "on-behalf-of": "author", "counter-signature": "attester" } as const;

function agentOf({ capacity, roles, ...signer }: SignerFact): ProvenanceAgent {
  const who = whoIs(signer);
  const code = agentTypes[capacity];
  return {
    type: { coding: [{ system: systems.agentType, code, display: code === "author" ? "Author" : "Attester" }] },
    ...(roles.length === 0 ? {} : { role: roles.map((role) => ({ coding: [{ system: systems.role, code: role }] })) }),
    who,
    ...ofOrganization(signer, "onBehalfOf"),
  };
}

// ASTM E1762: who says something signs as author; who approves it, as a further signer.
const signatureTypes = {
  author: { code: "1.2.840.10065.1.12.1.1", display: "Author's Signature" },
  attester: { code: "1.2.840.10065.1.12.1.2", display: "Coauthor's Signature" },
} as const;

function signatureOf({ signedAt, envelope }: EntryFact, { capacity, ...signer }: SignerFact): Signature {
  return {
    type: [{ system: systems.signatureType, ...signatureTypes[agentTypes[capacity]] }],
    when: signedAt,
    who: whoIs(signer),
    ...ofOrganization(signer, "onBehalfOf"),
    targetFormat: statementMediaType,
    sigFormat: envelopeMediaType,
    data: toBase64(envelope),
  };
}

function whoIs({ type, actor, name }: Pick<SignerFact, "type" | "actor" | "name">): ActorReference {
  return actorReference(type, actor, shownText(name));
}

function ofOrganization<Name extends string>(
  { actor, organization, organizationName }: Pick<SignerFact, "actor" | "organization" | "organizationName">,
  as: Name,
): Partial<Record<Name, Reference<Organization>>> {
  if (actor === organization) return {};
  const reference = actorReference("organization", organization, shownText(organizationName));
  return { [as]: reference } as Partial<Record<Name, Reference<Organization>>>;
}
