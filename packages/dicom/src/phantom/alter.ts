// Altered copies made on purpose: what a PACS does to headers, and what nobody should do to pixels. Only for our own phantoms.
import { concat } from "@fiducial/core";
import { type Attributes, dataSet } from "./attributes.ts";
import type { Element } from "./element.ts";
import { type ElementPlace, elementPlaces } from "./element-walk.ts";
import { encodeElement, explicitForm } from "./part10.ts";
import { PhantomError } from "./phantom-error.ts";

/**
 * Returns a copy in which the element `tag` (eight upper-case hex digits, beyond group 0002) is `element`: replaced, added in its
 * place, or left out when `element` is undefined. Every other byte stays. Throws NOT_A_PHANTOM, VALUE_UNFIT.
 */
export function withElement(bytes: Uint8Array, tag: string, element: Element | undefined): Uint8Array {
  if (!/^[0-9A-F]{8}$/.test(tag) || tag < "00030000") throw new PhantomError("VALUE_UNFIT", tag);
  const places = elementPlaces(bytes);
  const next = places.find((place) => place.tag >= tag);
  const start = next?.start ?? bytes.length;
  const end = next?.tag === tag ? next.end : start;
  const written = element === undefined ? new Uint8Array() : encodeElement(tag, element, explicitForm);
  return concat(bytes.subarray(0, start), written, bytes.subarray(end));
}

/** Returns a copy with each of `attributes` changed or added, by keyword. Throws NOT_A_PHANTOM, VALUE_UNFIT. */
export function withAttributes(bytes: Uint8Array, attributes: Attributes): Uint8Array {
  return Object.entries(dataSet(attributes)).reduce((copy, [tag, element]) => withElement(copy, tag, element), bytes);
}

/** What a PACS puts into headers as it sees fit. */
export interface Coercion {
  readonly accessionNumber: string;
  readonly institutionName: string;
  readonly retrieveAeTitle: string;
}

/** Returns a copy as a PACS hands it out: accession and institution coerced, its own Retrieve AE Title added. Throws NOT_A_PHANTOM, VALUE_UNFIT. */
export function asFromPacs(
  bytes: Uint8Array,
  { accessionNumber, institutionName, retrieveAeTitle }: Coercion,
): Uint8Array {
  return withAttributes(bytes, {
    AccessionNumber: accessionNumber,
    InstitutionName: institutionName,
    RetrieveAETitle: retrieveAeTitle,
  });
}

/** A circle in samples: its centre from the first sample (0), and its radius. */
export interface Region {
  readonly column: number;
  readonly row: number;
  readonly radius: number;
}

/**
 * Returns a copy whose 16-bit pixels in `region` are covered with the calmest neighbouring region of the same size, as somebody would
 * who hides a finding; the header stays. Throws NOT_A_PHANTOM, REGION_UNFIT.
 */
export function withPixelErased(bytes: Uint8Array, region: Region): Uint8Array {
  const places = elementPlaces(bytes);
  const copy = bytes.slice();
  const image = imageOf(copy, places);
  const donor = calmest(image, region);
  const { column, row, radius } = region;
  for (let v = -radius; v <= radius; v++) {
    for (let u = -radius; u <= radius; u++) {
      const share = Math.min(1, (radius - Math.hypot(u, v)) / 3);
      if (share <= 0) continue;
      const here = sample(image, column + u, row + v);
      const there = sample(image, column + u + donor.byColumn, row + v + donor.byRow);
      write(image, column + u, row + v, Math.round(here + (there - here) * share));
    }
  }
  return copy;
}

interface Image {
  readonly view: DataView;
  readonly start: number;
  readonly columns: number;
  readonly rows: number;
  readonly signed: boolean;
}

interface Donor {
  readonly byColumn: number;
  readonly byRow: number;
}

function imageOf(bytes: Uint8Array, places: readonly ElementPlace[]): Image {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (tag: string) => {
    const place = places.find((candidate) => candidate.tag === tag);
    return place === undefined ? undefined : view.getUint16(place.valueStart, true);
  };
  const pixels = places.find(({ tag }) => tag === "7FE00010");
  const [columns, rows, bits] = [number("00280011"), number("00280010"), number("00280100")];
  if (pixels === undefined || columns === undefined || rows === undefined || bits !== 16)
    throw new PhantomError("NOT_A_PHANTOM");
  if (pixels.end - pixels.valueStart < 2 * columns * rows) throw new PhantomError("NOT_A_PHANTOM");
  return { view, start: pixels.valueStart, columns, rows, signed: number("00280103") === 1 };
}

// The neighbour whose samples vary least: bare lung beside a nodule, brain beside a bleed.
function calmest(image: Image, region: Region): Donor {
  if (!contains(image, region)) throw new PhantomError("REGION_UNFIT");
  let best: Donor | undefined;
  let least = Infinity;
  for (let step = 0; step < 24; step++) {
    const angle = (2 * Math.PI * step) / 24;
    const reach = (2.1 + 0.4 * (step % 3)) * region.radius;
    const donor = { byColumn: Math.round(reach * Math.cos(angle)), byRow: Math.round(reach * Math.sin(angle)) };
    const there = { ...region, column: region.column + donor.byColumn, row: region.row + donor.byRow };
    const unrest = contains(image, there) ? unrestOf(image, there) : Infinity;
    if (unrest < least) [best, least] = [donor, unrest];
  }
  if (best === undefined) throw new PhantomError("REGION_UNFIT");
  return best;
}

function unrestOf(image: Image, { column, row, radius }: Region): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let v = -radius; v <= radius; v += 2) {
    for (let u = -radius; u <= radius; u += 2) {
      const value = sample(image, column + u, row + v);
      count++;
      sum += value;
      squares += value * value;
    }
  }
  return squares / count - (sum / count) ** 2;
}

function contains({ columns, rows }: Image, { column, row, radius }: Region): boolean {
  const whole = Number.isInteger(column) && Number.isInteger(row) && Number.isInteger(radius) && radius > 0;
  return whole && column >= radius && row >= radius && column + radius < columns && row + radius < rows;
}

function sample({ view, start, columns, signed }: Image, column: number, row: number): number {
  const at = start + 2 * (row * columns + column);
  return signed ? view.getInt16(at, true) : view.getUint16(at, true);
}

function write({ view, start, columns, signed }: Image, column: number, row: number, value: number): void {
  const at = start + 2 * (row * columns + column);
  if (signed) view.setInt16(at, value, true);
  else view.setUint16(at, value, true);
}
