// Writes PDUs. DICOM PS3.8 § 9.3.
import { concat } from "@fiducial/core";
import {
  type ContextResult,
  dicomApplicationContext,
  itemTypes,
  type Pdu,
  type ProposedContext,
  pduTypes,
  type RoleSelection,
  type UserInformation,
} from "./pdu.ts";
import { latin1Bytes } from "./pdu-text.ts";

/** Returns a PDU's bytes. */
export function writePdu(pdu: Pdu): Uint8Array {
  switch (pdu.type) {
    case "associate-request": {
      const head = associateHead(pdu, pdu.protocolVersion);
      const contexts = pdu.contexts.map(proposedContext);
      const application = item(itemTypes.applicationContext, latin1Bytes(pdu.applicationContext));
      return whole(pduTypes.associateRequest, ...head, application, ...contexts, userInformation(pdu.user));
    }
    case "associate-accept": {
      const head = associateHead(pdu, 1);
      const contexts = pdu.contexts.map(contextResult);
      const application = item(itemTypes.applicationContext, latin1Bytes(dicomApplicationContext));
      return whole(pduTypes.associateAccept, ...head, application, ...contexts, userInformation(pdu.user));
    }
    case "associate-reject":
      return whole(pduTypes.associateReject, Uint8Array.of(0, pdu.result, pdu.source, pdu.reason));
    case "release-request":
      return whole(pduTypes.releaseRequest, new Uint8Array(4));
    case "release-response":
      return whole(pduTypes.releaseResponse, new Uint8Array(4));
    case "abort":
      return whole(pduTypes.abort, Uint8Array.of(0, 0, pdu.source, pdu.reason));
  }
}

/** What P-DATA-TF is to carry: a command set or a data set, or the next part of one. */
export interface MessagePart {
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly bytes: Uint8Array;
  /** Whether nothing of the set comes after it. */
  readonly isLast: boolean;
}

/** Returns the P-DATA-TF PDUs that carry a part, each within the receiver's maximum length (0: any). PS3.8 § 9.3.5, § D.1. */
export function writeData({ contextId, isCommand, bytes, isLast }: MessagePart, maximumLength: number): Uint8Array[] {
  const room = Math.max(2, (maximumLength === 0 ? longestOwnPdu : Math.min(maximumLength, longestOwnPdu)) - 6);
  const pdus: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < bytes.length; at += room) {
    const value = bytes.subarray(at, at + room);
    const flags = (isCommand ? 1 : 0) | (isLast && at + room >= bytes.length ? 2 : 0);
    pdus.push(whole(pduTypes.data, uint32(value.length + 2), Uint8Array.of(contextId, flags), value));
  }
  return pdus;
}

const longestOwnPdu = 256 * 1024;

function associateHead(
  { calledAe, callingAe }: { readonly calledAe: string; readonly callingAe: string },
  version: number,
) {
  const title = (text: string) => latin1Bytes(text.padEnd(16).slice(0, 16));
  return [uint16(version), uint16(0), title(calledAe), title(callingAe), new Uint8Array(32)];
}

function proposedContext({ id, abstractSyntax, transferSyntaxes }: ProposedContext): Uint8Array {
  const syntaxes = transferSyntaxes.map((uid) => item(itemTypes.transferSyntax, latin1Bytes(uid)));
  const abstract = item(itemTypes.abstractSyntax, latin1Bytes(abstractSyntax));
  return item(itemTypes.proposedContext, Uint8Array.of(id, 0, 0, 0), abstract, ...syntaxes);
}

function contextResult({ id, result, transferSyntax }: ContextResult): Uint8Array {
  const syntax = item(itemTypes.transferSyntax, latin1Bytes(transferSyntax));
  return item(itemTypes.contextResult, Uint8Array.of(id, 0, result, 0), syntax);
}

function userInformation(user: UserInformation): Uint8Array {
  return item(
    itemTypes.userInformation,
    item(itemTypes.maximumLength, uint32(user.maximumLength)),
    item(itemTypes.implementationClassUid, latin1Bytes(user.implementationClassUid)),
    ...user.roles.map(roleSelection),
    item(itemTypes.implementationVersionName, latin1Bytes(user.implementationVersionName)),
  );
}

function roleSelection({ sopClass, scu, scp }: RoleSelection): Uint8Array {
  const roles = Uint8Array.of(Number(scu), Number(scp));
  return item(itemTypes.roleSelection, uint16(sopClass.length), latin1Bytes(sopClass), roles);
}

function item(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(type, 0), uint16(sizeOf(parts)), ...parts);
}

function whole(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concat(Uint8Array.of(type, 0), uint32(sizeOf(parts)), ...parts);
}

function sizeOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((size, part) => size + part.length, 0);
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >>> 8, value);
}

function uint32(value: number): Uint8Array {
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);
}
