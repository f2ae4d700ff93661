// Content items of a structured report. DICOM PS3.3 § C.17.3, § C.18.
import type { Attributes } from "../attributes.ts";
import { type Code, coded } from "./modules.ts";

/** How an item relates to the one that holds it. PS3.3 table C.17.3-8. */
export type Relationship = "CONTAINS" | "HAS CONCEPT MOD" | "HAS OBS CONTEXT" | "INFERRED FROM" | "HAS PROPERTIES";

/** Returns a container that is a section of a report. */
export function section(concept: Code, children: readonly Attributes[]): Attributes {
  return { RelationshipType: "CONTAINS", ...container(concept, children) };
}

/** Returns a container without a relationship: the root of a report. */
export function container(concept: Code, children: readonly Attributes[]): Attributes {
  return {
    ValueType: "CONTAINER",
    ConceptNameCodeSequence: coded(concept),
    ContinuityOfContent: "SEPARATE",
    ContentSequence: children,
  };
}

/** Returns an item of text. */
export function textItem(
  relationship: Relationship,
  concept: Code,
  text: string,
  children?: readonly Attributes[],
): Attributes {
  return {
    RelationshipType: relationship,
    ValueType: "TEXT",
    ConceptNameCodeSequence: coded(concept),
    TextValue: text,
    ContentSequence: children,
  };
}

/** Returns a coded item. */
export function codeItem(relationship: Relationship, concept: Code, value: Code): Attributes {
  return {
    RelationshipType: relationship,
    ValueType: "CODE",
    ConceptNameCodeSequence: coded(concept),
    ConceptCodeSequence: coded(value),
  };
}

/** Returns an item that names a person. */
export function personItem(relationship: Relationship, concept: Code, name: string): Attributes {
  return {
    RelationshipType: relationship,
    ValueType: "PNAME",
    ConceptNameCodeSequence: coded(concept),
    PersonName: name,
  };
}

/** Returns a measured value with its unit. */
export function measurement(
  relationship: Relationship,
  concept: Code,
  value: number,
  unit: Code,
  children: readonly Attributes[],
): Attributes {
  return {
    RelationshipType: relationship,
    ValueType: "NUM",
    ConceptNameCodeSequence: coded(concept),
    MeasuredValueSequence: [{ NumericValue: value, MeasurementUnitsCodeSequence: coded(unit) }],
    ContentSequence: children,
  };
}

/** Returns an item that points at an image. */
export function imageItem(relationship: Relationship, sopClass: string, sopInstanceUid: string): Attributes {
  return {
    RelationshipType: relationship,
    ValueType: "IMAGE",
    ReferencedSOPSequence: [{ ReferencedSOPClassUID: sopClass, ReferencedSOPInstanceUID: sopInstanceUid }],
  };
}
