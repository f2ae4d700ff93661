// Taking a value: as bytes, as a sequence, or as a sequence on trial where nothing but its bytes can tell. DICOM PS3.5 § 6.2.2, § 7.5.
import { dictionaryEntry } from "../dictionary/dictionary.ts";
import { tags } from "../dictionary/tag.ts";
import { isKnownVr } from "../dictionary/vr.ts";
import { holds, tagAt } from "./byte-window.ts";
import type { DataSet } from "./element.ts";
import type { ElementHeader, Encoding } from "./element-header.ts";
import { bulkBytes } from "./limits.ts";
import { type Container, charge, checkpointIn, fail, keep, type Parse, type Trial } from "./parse.ts";

const implicitLittleEndian: Encoding = { explicitVr: false, bigEndian: false };
const encapsulable: ReadonlySet<string> = new Set(["OB", "OW", "OD", "OF", "OL", "OV", "ox"]);
const itemHeaderBytes = 8;

/** Takes a value of known length. Returns 0, or how many bytes from the position the window must hold before another try. */
export function takeDefined(parse: Parse, container: Container, header: ElementHeader): number {
  if (header.vr === "SQ") return openSequence(parse, container, header, container.encoding, undefined);
  if (!mayHoldItems(parse, header)) return takeValue(parse, container, header);
  const isSequence = dictionaryEntry(header.tag)?.valueClass === "sequence";
  const note = isSequence ? "SEQUENCE_NOT_READABLE" : undefined;
  const encoding = header.vr === "" ? { ...container.encoding, explicitVr: false } : implicitLittleEndian;
  if (header.length === 0 && isSequence) return openSequence(parse, container, header, encoding, undefined);
  if (header.length >= itemHeaderBytes) {
    if (!holds(parse.window, header.valueStart, 4)) return header.valueStart + 4 - parse.position;
    if (tagAt(parse.window, header.valueStart, encoding.bigEndian) === tags.item) {
      const onTrial = !isSequence || header.vr !== "";
      if (onTrial && isTooDeep(parse)) return takeValue(parse, container, header);
      const trial = onTrial ? { checkpoint: checkpointIn(parse, container), note } : undefined;
      return openSequence(parse, container, header, encoding, trial);
    }
  }
  const need = takeValue(parse, container, header);
  if (need === 0 && note !== undefined) parse.notes.add(note);
  return need;
}

/** Opens a value that ends with a delimiter: fragments, or else a sequence. A UN value is an implicit little-endian sequence. PS3.5 § 6.2.2, § A.4. */
export function openUndefined(parse: Parse, container: Container, header: ElementHeader): 0 {
  const vr = header.vr === "" ? (dictionaryEntry(header.tag)?.vr ?? "") : header.vr;
  if (encapsulable.has(vr)) {
    parse.pending = { header, container, isPixelData: false };
    return 0;
  }
  if (!["SQ", "UN", ""].includes(vr)) parse.notes.add("UNDEFINED_LENGTH_VALUE");
  const encoding = header.vr === "UN" ? implicitLittleEndian : container.encoding;
  return openSequence(parse, container, header, encoding, undefined);
}
