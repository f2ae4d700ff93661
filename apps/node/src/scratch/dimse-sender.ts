// A C-STORE SCU for tests: sends files in their own transfer syntax, and says how each was answered.
import { readFileSync } from "node:fs";
import { type CommandSet, commandFields } from "@fiducial/dicom/dimse";
import { type RequestedAssociation, requestAssociation } from "../connections/dimse/requested-association.ts";

/** Where to send, and as whom. */
export interface Destination {
  readonly port: number;
  readonly callingAe?: string;
  readonly calledAe?: string;
  readonly host?: string;
}

/** What of a file goes over the network. */
export interface SentObject {
  readonly sopClassUid: string;
  readonly sopInstanceUid: string;
  readonly transferSyntaxUid: string;
  readonly dataSet: Uint8Array;
}

/** Reads a file that our phantoms or this house have written: its head has no other elements than short ones. */
export function sentObject(file: Uint8Array | string): SentObject {
  const bytes = typeof file === "string" ? readFileSync(file) : Buffer.from(file);
  const texts = new Map<number, string>();
  let at = 132;
  while (bytes.readUInt16LE(at) === 2) {
    const [element, vr] = [bytes.readUInt16LE(at + 2), bytes.toString("latin1", at + 4, at + 6)];
    const [start, length] = vr === "OB" ? [at + 12, bytes.readUInt32LE(at + 8)] : [at + 8, bytes.readUInt16LE(at + 6)];
    texts.set(element, bytes.toString("latin1", start, start + length).replace(/[ \0]+$/, ""));
    at = start + length;
  }
  return {
    sopClassUid: texts.get(2) ?? "",
    sopInstanceUid: texts.get(3) ?? "",
    transferSyntaxUid: texts.get(0x10) ?? "",
    dataSet: bytes.subarray(at),
  };
}

/** Asks for an association in which objects of these classes and transfer syntaxes can be sent; contexts are numbered 1, 3, 5, … */
export function associate(
  { port, callingAe = "CT1", calledAe = "FIDUCIAL", host = "127.0.0.1" }: Destination,
  ...contexts: readonly (readonly [abstractSyntax: string, ...transferSyntaxes: string[]])[]
): Promise<RequestedAssociation> {
  return requestAssociation(
    { host, port, callingAe, calledAe },
    contexts.map(([abstractSyntax, ...transferSyntaxes], at) => ({ id: 2 * at + 1, abstractSyntax, transferSyntaxes })),
  );
}

/** The command that announces an object. */
export function storeCommand(
  { sopClassUid, sopInstanceUid }: Pick<SentObject, "sopClassUid" | "sopInstanceUid">,
  messageId = 1,
): CommandSet {
  return {
    affectedSopClassUid: sopClassUid,
    commandField: commandFields.store,
    messageId,
    priority: 0,
    commandDataSetType: 0,
    affectedSopInstanceUid: sopInstanceUid,
  };
}

/** Sends objects in one association, and resolves with the answers: status and comment. */
export async function store(
  destination: Destination,
  ...files: readonly (Uint8Array | string)[]
): Promise<(readonly [status: number | undefined, comment: string | undefined])[]> {
  const objects = files.map(sentObject);
  const association = await associate(
    destination,
    ...objects.map(({ sopClassUid, transferSyntaxUid }) => [sopClassUid, transferSyntaxUid] as const),
  );
  const answers = [];
  for (const [at, object] of objects.entries()) {
    const { status, errorComment } = await association.send(2 * at + 1, storeCommand(object, at + 1), [object.dataSet]);
    answers.push([status, errorComment] as const);
  }
  await association.release();
  return answers;
}
