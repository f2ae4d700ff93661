// Identifiers with whoever assigned them: without that, two hospitals' patient 4711 are one. FHIR R4 § 2.24.0.12; DICOM PS3.3 C.7.1.1 (issuers), PS3.5 § 9 (UIDs).
import type { Identifier } from "@medplum/fhirtypes";
import { systems } from "./systems.ts";
import { exactText, shownText } from "./texts.ts";

/** An id and whoever gave it: DICOM's Issuer of Patient ID (0010,0021), "" when the images name none. */
export interface IssuedId {
  readonly issuer: string;
  readonly value: string;
}

/** What an organization assigns values of. */
export type Namespace = "patient" | "accession";

/**
 * The system of ids that an issuer gave. An issuer that is an OID or a URI is its own system. Any other name is known only in the organization
 * that uses it, so its system is of that organization: `urn:fiducial:namespace:<organization>:<namespace>`, with the name behind it if there is one.
 */
export function systemOf(organization: string, namespace: Namespace, issuer: string): string {
  if (isOid(issuer)) return `urn:oid:${issuer}`;
  if (isUri(issuer)) return issuer;
  const own = ownSystem(organization, namespace);
  return issuer === "" ? own : `${own}:${escaped(issuer)}`;
}

/** The issuer that a system stands for, as the images name it; undefined when the system is nobody's whom this organization's ids are from. */
export function issuerOf(organization: string, namespace: Namespace, system: string): string | undefined {
  const own = ownSystem(organization, namespace);
  if (system === own) return "";
  if (system.startsWith(`${own}:`)) return unescaped(system.slice(own.length + 1));
  if (system.startsWith("urn:oid:") && isOid(system.slice(8))) return system.slice(8);
  return isUri(system) && !system.startsWith("urn:fiducial:") ? system : undefined;
}

/** A patient's identifier; undefined when FHIR cannot hold it exactly. */
export function patientIdentifier(organization: string, { issuer, value }: IssuedId): Identifier | undefined {
  return issued(organization, "patient", "MR", { issuer, value });
}

/** An accession number, which the organization assigns. */
export function accessionIdentifier(organization: string, value: string): Identifier | undefined {
  return issued(organization, "accession", "ACSN", { issuer: "", value });
}

/** A DICOM UID as identifier. FHIR R4 ImagingStudy, § 6.3.5.3. */
export function uidIdentifier(uid: string): Identifier {
  return { system: systems.dicomUid, value: `urn:oid:${uid}` };
}

/** An actor's id on a log. */
export function actorIdentifier(actor: string): Identifier {
  return { system: systems.actor, value: actor };
}

function issued(
  organization: string,
  namespace: Namespace,
  type: string,
  { issuer, value }: IssuedId,
): Identifier | undefined {
  if (exactText(value) === undefined || issuer.toWellFormed() !== issuer) return undefined;
  const name = shownText(issuer);
  return {
    type: { coding: [{ system: systems.identifierType, code: type }] },
    system: systemOf(organization, namespace, issuer),
    value,
    assigner: name === undefined ? { reference: `Organization/${organization}` } : { display: name },
  };
}

function ownSystem(organization: string, namespace: Namespace): string {
  return `urn:fiducial:namespace:${organization}:${namespace}`;
}

function isOid(text: string): boolean {
  return text.length <= 128 && /^[0-2](\.(0|[1-9]\d*))+$/.test(text);
}

// What could be taken for a name of ours is none of theirs.
function isUri(text: string): boolean {
  return (
    /^(https?:\/\/[^\s"<>\\^`{|}]+|urn:[a-z0-9][a-z0-9-]{1,31}:[^\s"<>\\^`{|}]+)$/.test(text) &&
    !text.startsWith("urn:fiducial:") &&
    !text.startsWith("urn:oid:")
  );
}

// Every issuer has one spelling: what stands in an address as it is, and all else by its bytes.
function escaped(issuer: string): string {
  return encodeURIComponent(issuer).replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

function unescaped(text: string): string | undefined {
  try {
    const issuer = decodeURIComponent(text);
    return escaped(issuer) === text && issuer !== "" ? issuer : undefined;
  } catch {
    return undefined;
  }
}
