// Addresses of DICOMweb: the UIDs in them, and how one is written for a client to follow. DICOM PS3.18 § 8.2, § 10.1.
import { isUid } from "@fiducial/dicom";
import type { FastifyRequest } from "fastify";
import { NodeError } from "../../node-error.ts";
import { saysForwarded } from "../../serving/forwarding.ts";

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
export function baseOf({ protocol, headers, socket }: FastifyRequest): string {
  const { host = "localhost" } = headers;
  const usual = protocol === "https" ? 443 : 80;
  const { localPort = usual } = socket;
  // Some clients leave the port out of the Host field; without anybody in between, it is the one that they connected to.
  const isMissing = !/:\d+$/.test(host) && localPort !== usual && !saysForwarded(headers);
  return `${protocol}://${host}${isMissing ? `:${localPort}` : ""}${dicomWebPath}`;
}

/** The address of a study, of a series in it, or of an instance in that. */
export function addressOf(base: string, { study, series, instance }: NamedUids): string {
  const deeper =
    series === undefined ? "" : `/series/${series}${instance === undefined ? "" : `/instances/${instance}`}`;
  return `${base}/studies/${study}${deeper}`;
}
