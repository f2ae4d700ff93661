// Value representations: which are text, which are binary and how wide their numbers are, which have the long header. DICOM PS3.5 § 6.2, § 7.1.2.

/** How a canonical value is written: trimmed text, items, or bytes as they are. docs/formats/fingerprints.md § Value classes. */
export type ValueClass = "text" | "sequence" | "binary";

interface VrFacts {
  /** Bytes of one number, which big-endian transfer syntaxes reverse; 1 where there is nothing to reverse. */
  readonly width: number;
  /** Whether the explicit header has two reserved bytes and a length of four. */
  readonly long: boolean;
  readonly valueClass: ValueClass;
}

const text: VrFacts = { width: 1, long: false, valueClass: "text" };
const longText: VrFacts = { width: 1, long: true, valueClass: "text" };

const facts: ReadonlyMap<string, VrFacts> = new Map<string, VrFacts>([
  ...["AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "LT", "PN", "SH", "ST", "TM", "UI"].map(
    (vr) => [vr, text] as const,
  ),
  ...["UC", "UR", "UT"].map((vr) => [vr, longText] as const),
  ["AT", binary(2)],
  ["FD", binary(8)],
  ["FL", binary(4)],
  ["SL", binary(4)],
  ["SS", binary(2)],
  ["UL", binary(4)],
  ["US", binary(2)],
  ["OB", longBinary(1)],
  ["OD", longBinary(8)],
  ["OF", longBinary(4)],
  ["OL", longBinary(4)],
  ["OV", longBinary(8)],
  ["OW", longBinary(2)],
  ["SV", longBinary(8)],
  ["UN", longBinary(1)],
  ["UV", longBinary(8)],
  ["SQ", { width: 1, long: true, valueClass: "sequence" }],
]);

/** Tells whether `vr` is a value representation of PS3.5 § 6.2. */
export function isKnownVr(vr: string): boolean {
  return facts.has(vr);
}

/** Tells whether the header of an element of this VR is 12 bytes long (else 8). A VR to come has the long header. PS3.5 § 7.1.2, § 6.2 note. */
export function hasLongHeader(vr: string): boolean {
  return facts.get(vr)?.long ?? true;
}

/** Returns the bytes of one number of this VR, which a big-endian transfer syntax reverses: 1, 2, 4 or 8. PS3.5 § 7.3. */
export function numberWidth(vr: string): number {
  return facts.get(vr)?.width ?? 1;
}

/** Returns the class of a VR of PS3.6, where ox, xs, lt and up stand for choices among binary ones. */
export function valueClassOfVr(vr: string): ValueClass {
  return facts.get(vr)?.valueClass ?? "binary";
}

function binary(width: number): VrFacts {
  return { width, long: false, valueClass: "binary" };
}

function longBinary(width: number): VrFacts {
  return { width, long: true, valueClass: "binary" };
}
