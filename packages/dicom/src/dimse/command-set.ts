// Command sets: the elements of group 0000, always Implicit VR Little Endian. DICOM PS3.7 § 6.3.1, § 9.3, Annex E.1.
import { concat } from "@fiducial/core";
import { latin1, latin1Bytes } from "./pdu-text.ts";

/** The elements that this package knows, by keyword. UIDs, titles and comments come without padding. */
export interface CommandSet {
  readonly affectedSopClassUid?: string;
  readonly commandField?: number;
  readonly messageId?: number;
  readonly messageIdBeingRespondedTo?: number;
  readonly priority?: number;
  readonly commandDataSetType?: number;
  readonly status?: number;
  readonly errorComment?: string;
  readonly affectedSopInstanceUid?: string;
  readonly moveOriginatorAe?: string;
  readonly moveOriginatorMessageId?: number;
}

/** Values of Command Field. PS3.7 § E.1. A response has the bit 8000H. */
export const commandFields = { store: 0x0001, echo: 0x0030, cancel: 0x0fff, response: 0x8000 } as const;

/** The Command Data Set Type that says that no data set follows; any other says that one does. PS3.7 § E.1. */
export const noDataSet = 0x0101;

type Kind = "text" | "number";

/** Element, keyword, kind; in ascending order, as they are written. */
const elements: readonly (readonly [element: number, keyword: keyof CommandSet, kind: Kind])[] = [
  [0x0002, "affectedSopClassUid", "text"],
  [0x0100, "commandField", "number"],
  [0x0110, "messageId", "number"],
  [0x0120, "messageIdBeingRespondedTo", "number"],
  [0x0700, "priority", "number"],
  [0x0800, "commandDataSetType", "number"],
  [0x0900, "status", "number"],
  [0x0902, "errorComment", "text"],
  [0x1000, "affectedSopInstanceUid", "text"],
  [0x1030, "moveOriginatorAe", "text"],
  [0x1031, "moveOriginatorMessageId", "number"],
];

const known = new Map(elements.map(([element, keyword, kind]) => [element, { keyword, kind }]));

/** Reads a command set; elements that nothing here asks for are passed over. Returns undefined for what is none. */
export function readCommandSet(bytes: Uint8Array): CommandSet | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const values: Record<string, string | number> = {};
  let at = 0;
  while (at < bytes.length) {
    if (at + 8 > bytes.length || view.getUint16(at, true) !== 0) return undefined;
    const [element, length] = [view.getUint16(at + 2, true), view.getUint32(at + 4, true)];
    const start = at + 8;
    if (length > bytes.length - start) return undefined;
    at = start + length;
    const { keyword, kind } = known.get(element) ?? {};
    if (keyword === undefined) continue;
    if (kind === "number" && length !== 2) return undefined;
    values[keyword] = kind === "number" ? view.getUint16(start, true) : textOf(bytes.subarray(start, at));
  }
  return values;
}

/** Writes a command set, its group length first. Texts are padded to an even length. */
export function writeCommandSet(command: CommandSet): Uint8Array {
  const written = elements.flatMap(([element, keyword]) => {
    const value = command[keyword];
    return value === undefined ? [] : [elementOf(element, valueBytes(keyword, value))];
  });
  const body = concat(...written);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, body.length, true);
  return concat(elementOf(0, length), body);
}

// The longest is a comment of 64 characters; what is longer is none of the texts above.
function textOf(bytes: Uint8Array): string {
  return bytes.length > 256 ? "" : latin1(bytes).replace(/^ +|[ \0]+$/g, "");
}

function valueBytes(keyword: string, value: string | number): Uint8Array {
  if (typeof value === "number") return Uint8Array.of(value, value >>> 8);
  const padding = keyword.endsWith("Uid") ? "\0" : " ";
  return latin1Bytes(value.length % 2 === 0 ? value : value + padding);
}

function elementOf(element: number, value: Uint8Array): Uint8Array {
  const head = new Uint8Array(8);
  const view = new DataView(head.buffer);
  view.setUint16(2, element, true);
  view.setUint32(4, value.length, true);
  return concat(head, value);
}
