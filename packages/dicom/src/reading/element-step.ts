// One step through a data set: the next element, or the end. DICOM PS3.5 § 7.1.
import { groupOf } from "../dictionary/tag.ts";
import { isKnownVr } from "../dictionary/vr.ts";
import { bytesAt, holds, tagAt } from "./byte-window.ts";
import { closeContainer, endEarly, takeDelimiter } from "./container-end.ts";
import { type ElementHeader, longestHeaderBytes, readElementHeader, undefinedLength } from "./element-header.ts";
import { type Container, fail, failBeyond, type Parse } from "./parse.ts";
import { isPixelDataTag, takePixelData } from "./pixel-data-step.ts";
import { openUndefined, takeDefined } from "./value-step.ts";

const delimiterGroup = 0xfffe;

/** Bytes at the end of an object that may be nothing but zeros, as when a file is padded to a block. */
const zeroTailBytes = 65536;

/** Takes the next element of `container`. Returns 0, or how many bytes from the position the window must hold before another try. */
export function stepElement(parse: Parse, container: Container): number {
  const { position, window } = parse;
  if (position === container.end) return closeContainer(parse);
  const room = container.limit - position;
  if (room < 8) return endEarly(parse, container, room);
  const headBytes = Math.min(room, longestHeaderBytes);
  if (!holds(window, position, headBytes)) return headBytes;
  const tag = tagAt(window, position, container.encoding.bigEndian);
  if (groupOf(tag) === delimiterGroup) return takeDelimiter(parse, container, tag);
  if (tag === 0 && parse.stack.length === 1) return endInZeros(parse, room);
  const header = readElementHeader(window, position, container.limit, container.encoding);
  const need = takeElement(parse, container, header);
  if (need === 0) noteElement(parse, container, header);
  return need;
}

function takeElement(parse: Parse, container: Container, header: ElementHeader): number {
  if (isPixelDataTag(header.tag) && container === parse.stack[0]) return takePixelData(parse, container, header);
  if (header.length === undefinedLength) return openUndefined(parse, container, header);
  if (header.length > container.limit - header.valueStart) failBeyond(parse, container.limit, header.tag);
  return takeDefined(parse, container, header);
}

function noteElement(parse: Parse, container: Container, { tag, vr }: ElementHeader): void {
  if (tag > container.lastTag) container.lastTag = tag;
  else if (tag === container.lastTag) parse.notes.add("DUPLICATE_ELEMENT");
  else {
    container.disordered = true;
    parse.notes.add("OUT_OF_ORDER");
  }
  if (container.encoding.explicitVr && !isKnownVr(vr)) parse.notes.add(vr === "" ? "IMPLICIT_ELEMENT" : "UNKNOWN_VR");
  if (groupOf(tag) === 0x0002) parse.notes.add("GROUP_2_IN_DATA_SET");
  if (container === parse.stack[0] && container.elements.length > parse.limits.attributes)
    fail(parse, "HEADER_TOO_LARGE");
}

// No element has the tag (0000,0000) outside of a network command: what follows is padding, or not DICOM.
function endInZeros(parse: Parse, room: number): number {
  if (room > zeroTailBytes) fail(parse, "MALFORMED_ELEMENT");
  if (!holds(parse.window, parse.position, room)) return room;
  if (bytesAt(parse.window, parse.position, room).some((byte) => byte !== 0)) fail(parse, "MALFORMED_ELEMENT");
  parse.notes.add("TRAILING_ZEROS");
  return closeContainer(parse);
}
