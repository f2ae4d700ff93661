// Takes apart the PDUs that are no data: associations, their end, and what ends them before their time. DICOM PS3.8 § 9.3.2 to § 9.3.8.
import type { DimseLimits } from "./dimse-limits.ts";
import {
  type AssociateAccept,
  type AssociateRequest,
  abortReasons,
  type ContextOutcome,
  type ContextResult,
  itemTypes,
  type Malformed,
  type Pdu,
  type ProposedContext,
  pduTypes,
} from "./pdu.ts";
import { type Item, itemsOf } from "./pdu-item.ts";
import { aeTitleOf, uidOf, uint16Of } from "./pdu-text.ts";
import { userInformationOf } from "./user-information.ts";

/** Protocol version, reserved, called and calling AE title, reserved. */
const associateHeadBytes = 68;
/** Odd numbers up to 255. PS3.8 § 9.3.2.2. */
const mostContexts = 128;

/** Takes the body of a PDU apart, four bytes at least, whose type is not P-DATA-TF. What it holds beyond the standard's items is passed over. */
export function controlPdu(type: number, body: Uint8Array, limits: DimseLimits): Pdu | Malformed {
  const [, result = 0, source = 0, reason = 0] = body;
  switch (type) {
    case pduTypes.associateRequest:
      return associateRequest(body, limits) ?? invalid;
    case pduTypes.associateAccept:
      return associateAccept(body, limits) ?? invalid;
    case pduTypes.associateReject:
      return { type: "associate-reject", result, source, reason };
    case pduTypes.releaseRequest:
      return { type: "release-request" };
    case pduTypes.releaseResponse:
      return { type: "release-response" };
    case pduTypes.abort:
      return { type: "abort", source, reason };
    default:
      return { type: "malformed", reason: abortReasons.unrecognizedPdu };
  }
}

const invalid: Malformed = { type: "malformed", reason: abortReasons.invalidParameter };

function associateRequest(body: Uint8Array, { items: mostItems }: DimseLimits): AssociateRequest | undefined {
  const budget = { items: mostItems };
  const items = itemsOf(body, associateHeadBytes, budget);
  if (items === undefined) return undefined;
  const contexts = ofType(items, itemTypes.proposedContext).map(({ bytes }) => proposedContext(bytes, budget));
  const user = userInformationOf(only(items, itemTypes.userInformation), budget);
  if (user === undefined || !isWhole(contexts) || !areDistinct(contexts)) return undefined;
  return {
    type: "associate-request",
    protocolVersion: uint16Of(body, 0),
    calledAe: aeTitleOf(body.subarray(4, 20)),
    callingAe: aeTitleOf(body.subarray(20, 36)),
    applicationContext: uidOf(only(items, itemTypes.applicationContext) ?? nothing),
    contexts,
    user,
  };
}

function associateAccept(body: Uint8Array, { items: mostItems }: DimseLimits): AssociateAccept | undefined {
  const budget = { items: mostItems };
  const items = itemsOf(body, associateHeadBytes, budget);
  if (items === undefined) return undefined;
  const contexts = ofType(items, itemTypes.contextResult).map(({ bytes }) => contextResult(bytes, budget));
  const user = userInformationOf(only(items, itemTypes.userInformation), budget);
  if (user === undefined || !isWhole(contexts) || !areDistinct(contexts)) return undefined;
  const titles = { calledAe: aeTitleOf(body.subarray(4, 20)), callingAe: aeTitleOf(body.subarray(20, 36)) };
  return { type: "associate-accept", ...titles, contexts, user };
}

const nothing = new Uint8Array(0);

function proposedContext(bytes: Uint8Array, budget: { items: number }): ProposedContext | undefined {
  const items = itemsOf(bytes, 4, budget);
  const id = bytes[0] ?? 0;
  if (items === undefined || id % 2 === 0) return undefined;
  const transferSyntaxes = ofType(items, itemTypes.transferSyntax).map((item) => uidOf(item.bytes));
  const abstractSyntax = uidOf(only(items, itemTypes.abstractSyntax) ?? nothing);
  return { id, abstractSyntax, transferSyntaxes: transferSyntaxes.filter((uid) => uid !== "") };
}

function contextResult(bytes: Uint8Array, budget: { items: number }): ContextResult | undefined {
  const items = itemsOf(bytes, 4, budget);
  const [id = 0, , result = 2] = bytes;
  if (items === undefined || id % 2 === 0 || result > 4) return undefined;
  return {
    id,
    result: result as ContextOutcome,
    transferSyntax: uidOf(only(items, itemTypes.transferSyntax) ?? nothing),
  };
}

function ofType(items: readonly Item[], type: number): readonly Item[] {
  return items.filter((item) => item.type === type);
}

function only(items: readonly Item[], type: number): Uint8Array | undefined {
  return items.find((item) => item.type === type)?.bytes;
}

function isWhole<Value>(values: readonly (Value | undefined)[]): values is readonly Value[] {
  return values.length <= mostContexts && values.every((value) => value !== undefined);
}

function areDistinct(contexts: readonly { readonly id: number }[]): boolean {
  return new Set(contexts.map(({ id }) => id)).size === contexts.length;
}
