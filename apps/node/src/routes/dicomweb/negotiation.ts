// In which form something is sent: as it is stored, in a media type that the client accepts, or not at all. DICOM PS3.18 § 8.7.

import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import {
  type AcceptedType,
  covers,
  multipartRelated,
  parseAccept,
  type WrittenPart,
  writeMultipart,
} from "@fiducial/dicom/dicomweb";
import type { FastifyReply, FastifyRequest } from "fastify";
import { NodeError } from "../../node-error.ts";

/** A form in which something can be sent. */
export interface Offer {
  readonly type: string;
  /** The transfer syntaxes of all that would be sent; none for what has none. */
  readonly transferSyntaxes: readonly string[];
  /** Sent only where the client names the transfer syntax, or takes any: `application/octet-stream` else means uncompressed. */
  readonly mustBeNamed?: boolean;
}

/** What was chosen. */
export interface Choice {
  readonly offer: Offer;
  /** Whether each thing is a part of a multipart body, or the only one stands alone. */
  readonly isMultipart: boolean;
}

/** What a request accepts: its query's `accept`, else its header. Throws REQUEST_INVALID when that is malformed. */
export function acceptedBy({ query, headers }: Pick<FastifyRequest, "query" | "headers">): readonly AcceptedType[] {
  const { accept } = query as { accept?: unknown };
  const accepted = parseAccept(typeof accept === "string" ? accept : headers.accept);
  if (accepted === undefined) throw new NodeError("REQUEST_INVALID");
  return accepted;
}

/** Chooses among `offers`, the first being the best, what the client likes most. `alone` allows a body that is no multipart. Throws NOT_ACCEPTABLE. */
export function choose(accepted: readonly AcceptedType[], offers: readonly Offer[], alone: boolean): Choice {
  for (const range of accepted) {
    const isMultipart = covers(range, multipart);
    const inner = isMultipart ? innerRange(range) : range;
    if (!isMultipart && !alone) continue;
    const offer = offers.find((one) => covers(inner, one.type) && takesSyntaxes(inner, one));
    if (offer !== undefined) return { offer, isMultipart };
  }
  throw new NodeError("NOT_ACCEPTABLE");
}

/** Checks that a client accepts one of these media types, and returns the one it likes most. Throws NOT_ACCEPTABLE. */
export function chooseType<Type extends string>(accepted: readonly AcceptedType[], types: readonly Type[]): Type {
  for (const range of accepted) {
    const type = types.find((one) => covers(range, one));
    if (type !== undefined) return type;
  }
  throw new NodeError("NOT_ACCEPTABLE");
}

/** Checks that a client accepts a media type in whatever form and transfer syntax: what depends on nothing that is found. Throws NOT_ACCEPTABLE. */
export function checkAccepts(accepted: readonly AcceptedType[], type: string): void {
  const isAccepted = accepted.some((range) => covers(covers(range, multipart) ? innerRange(range) : range, type));
  if (!isAccepted) throw new NodeError("NOT_ACCEPTABLE");
}

/** Media types of the DICOM JSON Model. */
export const jsonTypes = ["application/dicom+json", "application/json"] as const;

/** Sends JSON under the very media type: JSON has no charset to add, and some clients compare it to the letter. RFC 8259 § 11. */
export function sendJson(reply: FastifyReply, type: string, text: string): FastifyReply {
  return reply.type(type).send(Buffer.from(text));
}

/** Sends parts as they come. What fails when some were sent already cuts the answer off, so that nobody takes it for whole. */
export function sendMultipart(reply: FastifyReply, type: string, parts: AsyncIterable<WrittenPart>): FastifyReply {
  const boundary = randomBytes(16).toString("hex");
  return reply
    .type(multipartRelated(type, boundary))
    .send(Readable.from(writeMultipart(boundary, parts), { objectMode: false }));
}

/** Writes a media type with the transfer syntax of what is sent. */
export function withSyntax(type: string, transferSyntaxUid: string | undefined): string {
  return transferSyntaxUid === undefined ? type : `${type}; transfer-syntax=${transferSyntaxUid}`;
}

const multipart = "multipart/related";

// Within multipart/related the parameter `type` says what the parts are; anything, when it is left out, as with */*.
function innerRange({ name, parameters, quality }: AcceptedType): AcceptedType {
  const inner = name === multipart ? parameters.get("type") : undefined;
  return { name: inner?.toLowerCase() ?? "*/*", parameters, quality };
}

// Nothing stored is ever encoded anew: what a client does not take as it is stored is not sent.
function takesSyntaxes({ parameters, name }: AcceptedType, { transferSyntaxes, mustBeNamed = false }: Offer): boolean {
  const asked = parameters.get("transfer-syntax");
  if (asked === undefined) return !mustBeNamed || name === "*/*";
  return asked === "*" || transferSyntaxes.every((uid) => uid === asked);
}
