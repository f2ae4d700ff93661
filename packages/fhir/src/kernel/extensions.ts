// What of an entry FHIR has no element for, as extensions of our own, each with its definition. FHIR R4 § 2.4, § 5.3 (StructureDefinition).
import type { Extension, StructureDefinition } from "@medplum/fhirtypes";
import { systems } from "./systems.ts";

interface OwnExtension {
  /** Its name in its address, and its id. */
  readonly id: string;
  readonly title: string;
  readonly says: string;
  readonly value: "Attachment" | "Coding" | "unsignedInt";
  readonly many: boolean;
}

const own = {
  receipt: {
    id: "receipt",
    title: "Receipt",
    says: "Where the receipt of the entry is: the portable evidence that verifies the signatures, the keys and the place in the log offline.",
    value: "Attachment",
    many: false,
  },
  index: {
    id: "entry-index",
    title: "Number of the entry",
    says: "The number of the entry in its log, counted from 0.",
    value: "unsignedInt",
    many: false,
  },
  finding: {
    id: "finding",
    title: "Finding",
    says: "A rule that the statement breaks, as the contract found when it was recorded.",
    value: "Coding",
    many: true,
  },
} as const satisfies Readonly<Record<string, OwnExtension>>;

/** The extensions that the evidence of an entry has on its Provenance. */
export function entryExtensions(entry: {
  readonly index: number;
  readonly findings: readonly string[];
  readonly receiptUrl: string;
  readonly receiptMediaType: string;
}): Extension[] {
  return [
    {
      url: urlOf(own.receipt),
      valueAttachment: { contentType: entry.receiptMediaType, url: entry.receiptUrl, title: "Receipt" },
    },
    { url: urlOf(own.index), valueUnsignedInt: entry.index },
    ...entry.findings.map((code) => ({ url: urlOf(own.finding), valueCoding: { system: systems.finding, code } })),
  ];
}

/** The definitions of our own extensions, by id. */
export function structureDefinitions(): StructureDefinition[] {
  return Object.values(own).map(definitionOf);
}

function urlOf({ id }: OwnExtension): string {
  return `urn:fiducial:fhir:${id}`;
}

function definitionOf(extension: OwnExtension): StructureDefinition {
  const { id, title, says, value, many } = extension;
  const base = "http://hl7.org/fhir/StructureDefinition/Extension";
  return {
    resourceType: "StructureDefinition",
    id,
    url: urlOf(extension),
    version: "1.0.0",
    name: `Fiducial${title.replaceAll(/(?:^| )([A-Za-z])/g, (_, letter: string) => letter.toUpperCase())}`,
    title,
    status: "active",
    description: says,
    fhirVersion: "4.0.1",
    kind: "complex-type",
    abstract: false,
    context: [{ type: "element", expression: "Provenance" }],
    type: "Extension",
    baseDefinition: base,
    derivation: "constraint",
    differential: {
      element: [
        { id: "Extension", path: "Extension", short: title, definition: says, min: 0, max: many ? "*" : "1" },
        { id: "Extension.extension", path: "Extension.extension", max: "0" },
        { id: "Extension.url", path: "Extension.url", fixedUri: urlOf(extension) },
        { id: "Extension.value[x]", path: "Extension.value[x]", min: 1, type: [{ code: value }] },
      ],
    },
  };
}
