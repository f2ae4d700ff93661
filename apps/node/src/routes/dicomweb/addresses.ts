// Addresses of DICOMweb: the UIDs in them, and how one is written for a client to follow. DICOM PS3.18 § 8.2, § 10.1.
import { isUid } from "@fiducial/dicom";
import type { FastifyRequest } from "fastify";
import { NodeError } from "../../node-error.ts";
import { addressAsked } from "../../serving/asked-address.ts";

/** What an address names; the deeper UIDs are there where the address is as deep. */
export interface NamedUids {
  readonly study: string;
  readonly series?: string;
  readonly instance?: string;
}

/** Where DICOMweb is at this node. */
export const dicomWebPath = "/dicomweb";

/** Reads the UIDs in a request's address. Throws REQUEST_INVALID when one is none. */
export function uidsIn({ params }: Pick<FastifyRequest, "params">): NamedUids {
  const { study = "", series, instance } = params as Record<string, string | undefined>;
  for (const uid of [study, series, instance])
    if (uid !== undefined && !isUid(uid)) throw new NodeError("REQUEST_INVALID");
  return { study, ...(series === undefined ? {} : { series }), ...(instance === undefined ? {} : { instance }) };
}

/** The base of all addresses, as whoever asks sees it. */
export function baseOf(request: FastifyRequest): string {
  return `${addressAsked(request)}${dicomWebPath}`;
}

/** The address of a study, of a series in it, or of an instance in that. */
export function addressOf(base: string, { study, series, instance }: NamedUids): string {
  const deeper =
    series === undefined ? "" : `/series/${series}${instance === undefined ? "" : `/instances/${instance}`}`;
  return `${base}/studies/${study}${deeper}`;
}
