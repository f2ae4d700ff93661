// Taking a value: as bytes, as a sequence, or as a sequence on trial where only the bytes can tell. DICOM PS3.5 § 6.2.2, § 7.5.
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { tags } from "../dictionary/tag.ts";
import { isKnownVr } from "../dictionary/vr.ts";
import { holds, tagAt } from "./byte-window.ts";
import type { DataSet } from "./element.ts";
import { type ElementHeader, type Encoding, undefinedLength } from "./element-header.ts";
import { bulkBytes } from "./limits.ts";
import { type Container, charge, checkpointIn, fail, keep, newContainer, type Parse } from "./parse.ts";

const implicitLittleEndian: Encoding = { explicitVr: false, bigEndian: false };
const encapsulable: ReadonlySet<string> = new Set(["OB", "OW", "OD", "OF", "OL", "OV"]);
/** No trial begins deeper: docs/formats/fingerprints.md § Sequences. Not a limit of the reader, on which digests must not depend. */
const deepestTrial = 64;
const itemHeaderBytes = 8;

/** Takes a value of known length. Returns 0, or how many bytes from the position the window must hold before another try. */
export function takeDefined(parse: Parse, container: Container, header: ElementHeader): number {
  if (header.vr === "SQ") return openSequence(parse, container, header, container.encoding, false);
  const isSequence = dictionaryEntry(header.tag)?.valueClass === "sequence";
  if (!mayHoldItems(parse, header, isSequence)) return takeBytes(parse, container, header, isSequence);
  if (!holds(parse.window, header.valueStart, Math.min(header.length, 4)))
    return header.valueStart + 4 - parse.position;
  const encoding = header.vr === "" ? container.encoding : implicitLittleEndian;
  const hasItems = header.length === 0 || tagAt(parse.window, header.valueStart, encoding.bigEndian) === tags.item;
  if (!hasItems) return takeBytes(parse, container, header, isSequence);
  const certain = isSequence && header.vr === "";
  return openSequence(parse, container, header, { ...encoding, explicitVr: false }, !certain);
}

/** Opens a value that ends with a delimiter: fragments, or else a sequence. A UN value is an implicit little-endian sequence. PS3.5 § 6.2.2, § A.4. */
export function openUndefined(parse: Parse, container: Container, header: ElementHeader): 0 {
  const { tag, vr } = header;
  const valueClass = dictionaryEntry(tag)?.valueClass;
  if (vr === "" ? valueClass === "binary" : encapsulable.has(vr)) {
    parse.pending = { header, container, isPixelData: false };
    return 0;
  }
  if (vr === "" ? valueClass === "text" : vr !== "SQ" && vr !== "UN") parse.notes.add("UNDEFINED_LENGTH_VALUE");
  return openSequence(parse, container, header, vr === "UN" ? implicitLittleEndian : container.encoding, false);
}

// What has no VR of its own (implicit, UN, unknown) may be a sequence if the dictionary says so or does not know it; OB too, since
// that is what some systems make of a private sequence. Everybody must then see the same: docs/formats/fingerprints.md § Sequences.
function mayHoldItems(parse: Parse, { tag, vr, length }: ElementHeader, isSequence: boolean): boolean {
  if (isKnownVr(vr) && vr !== "UN" && vr !== "OB") return false;
  if (parse.opaque.has(parse.position)) return false;
  if (isSequence) return length === 0 || length >= itemHeaderBytes;
  return dictionaryEntry(tag) === undefined && length >= itemHeaderBytes && levelOf(parse) < deepestTrial;
}

function takeBytes(
  parse: Parse,
  container: Container,
  { tag, vr, length, valueStart }: ElementHeader,
  isSequence: boolean,
): number {
  const inSource = length > bulkBytes;
  if (!inSource && !holds(parse.window, valueStart, length)) return valueStart + length - parse.position;
  charge(parse, inSource ? 8 : 8 + length);
  const start = inSource ? valueStart : keep(parse, valueStart, length);
  const element = { tag, vr, start, length, inSource, items: undefined, fragments: undefined };
  container.elements.push(element);
  if (inSource) parse.bulk.push({ element, bigEndian: container.encoding.bigEndian });
  if (isSequence) parse.notes.add("SEQUENCE_NOT_READABLE");
  parse.position = valueStart + length;
  return 0;
}

function openSequence(
  parse: Parse,
  container: Container,
  header: ElementHeader,
  encoding: Encoding,
  onTrial: boolean,
): 0 {
  if (levelOf(parse) >= parse.limits.nestingLevels) fail(parse, "NESTED_TOO_DEEP");
  const { tag, vr, length, valueStart } = header;
  const trial = onTrial ? checkpointIn(parse, container) : undefined;
  charge(parse, itemHeaderBytes);
  const items: DataSet[] = [];
  container.elements.push({ tag, vr, start: 0, length: 0, inSource: false, items, fragments: undefined });
  const end = length === undefinedLength ? Number.POSITIVE_INFINITY : valueStart + length;
  const limit = Math.min(end, container.limit);
  parse.stack.push(newContainer({ items, end, limit, encoding, trial, isUnknown: vr === "UN" }));
  parse.position = valueStart;
  return 0;
}

// The object is open at the bottom of the stack, and each level adds a sequence and an item.
function levelOf({ stack }: Parse): number {
  return (stack.length - 1) / 2;
}
