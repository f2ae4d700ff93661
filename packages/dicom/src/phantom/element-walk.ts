// Finds the elements of a file that this package wrote: Explicit VR Little Endian with stated lengths. DICOM PS3.5 § 7.1.2, PS3.10 § 7.1.
import { utf8 } from "@fiducial/core";
import { implementation, transferSyntaxes } from "./part10.ts";
import { PhantomError } from "./phantom-error.ts";

/** Where one element of the top level lies, in bytes from the start of the file. */
export interface ElementPlace {
  /** Eight upper-case hex digits. */
  readonly tag: string;
  readonly start: number;
  readonly valueStart: number;
  readonly end: number;
}

/**
 * Lists the elements of the top level, file meta information included, in their order. Throws NOT_A_PHANTOM for anything else than
 * a whole file of this package's in Explicit VR Little Endian.
 */
export function elementPlaces(bytes: Uint8Array): ElementPlace[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < firstElement || view.getUint32(128) !== prefix) throw new PhantomError("NOT_A_PHANTOM");
  const places: ElementPlace[] = [];
  for (let at = firstElement; at < bytes.length; ) {
    const place = placeAt(view, at);
    places.push(place);
    at = place.end;
  }
  if (!isOurs(bytes, places)) throw new PhantomError("NOT_A_PHANTOM");
  return places;
}

/** Tells whether the value at `place` is exactly `text`, padding aside. */
function holdsText(bytes: Uint8Array, place: ElementPlace, text: string): boolean {
  const expected = utf8(text);
  const spare = place.end - place.valueStart - expected.length;
  return (spare === 0 || spare === 1) && expected.every((byte, index) => bytes[place.valueStart + index] === byte);
}

const firstElement = 132;
/** "DICM" */
const prefix = 0x4449434d;
const longHeaders: ReadonlySet<string> = new Set(["OB", "OW", "SQ", "UC", "UN", "UR", "UT"]);

function placeAt(view: DataView, start: number): ElementPlace {
  if (start + 8 > view.byteLength) throw new PhantomError("NOT_A_PHANTOM");
  const vr = String.fromCharCode(view.getUint8(start + 4), view.getUint8(start + 5));
  const long = longHeaders.has(vr);
  if (!/^[A-Z]{2}$/.test(vr) || (long && start + 12 > view.byteLength)) throw new PhantomError("NOT_A_PHANTOM");
  const valueStart = start + (long ? 12 : 8);
  const end = valueStart + (long ? view.getUint32(start + 8, true) : view.getUint16(start + 6, true));
  if (end > view.byteLength) throw new PhantomError("NOT_A_PHANTOM");
  const digits = (at: number) => view.getUint16(at, true).toString(16).padStart(4, "0").toUpperCase();
  return { tag: digits(start) + digits(start + 2), start, valueStart, end };
}

function isOurs(bytes: Uint8Array, places: readonly ElementPlace[]): boolean {
  const holds = (tag: string, text: string) =>
    places.some((place) => place.tag === tag && holdsText(bytes, place, text));
  return holds("00020012", implementation.classUid) && holds("00020010", transferSyntaxes.explicit);
}
