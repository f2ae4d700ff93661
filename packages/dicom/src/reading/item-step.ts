// One step through a sequence: the next item, or the end. DICOM PS3.5 § 7.5.
import { tags } from "../dictionary/tag.ts";
import { holds, tagAt, uint32At } from "./byte-window.ts";
import { closeContainer, endEarly, skipStray } from "./container-end.ts";
import type { DataSet } from "./element.ts";
import { undefinedLength } from "./element-header.ts";
import { type Container, charge, fail, type Parse } from "./parse.ts";

const itemHeaderBytes = 8;

/** Takes the next item of the sequence `container`. Returns 0, or how many bytes from the position the window must hold before another try. */
export function stepItem(parse: Parse, container: Container, items: DataSet[]): number {
  const { position, window } = parse;
  if (position === container.end) return closeContainer(parse);
  const room = container.limit - position;
  if (room < itemHeaderBytes) return endEarly(parse, container, room);
  if (!holds(window, position, itemHeaderBytes)) return itemHeaderBytes;
  const { bigEndian } = container.encoding;
  const tag = tagAt(window, position, bigEndian);
  if (tag === tags.item) return openItem(parse, container, items, uint32At(window, position + 4, bigEndian));
  if (tag === tags.sequenceDelimitation && container.end === Number.POSITIVE_INFINITY) {
    parse.position += itemHeaderBytes;
    return closeContainer(parse);
  }
  if (tag === tags.itemDelimitation || tag === tags.sequenceDelimitation) return skipStray(parse, tag);
  return fail(parse, "MALFORMED_SEQUENCE");
}

function openItem(parse: Parse, { encoding, limit }: Container, items: DataSet[], length: number): 0 {
  const start = parse.position + itemHeaderBytes;
  const end = length === undefinedLength ? Number.POSITIVE_INFINITY : start + length;
  if (end !== Number.POSITIVE_INFINITY && end > limit) fail(parse, "LENGTH_BEYOND_END");
  charge(parse, itemHeaderBytes);
  const elements: Container["elements"] = [];
  items.push({ elements, bigEndian: encoding.bigEndian });
  parse.stack.push({ elements, items: undefined, end, limit: Math.min(end, limit), encoding, trial: undefined, lastTag: 0, disordered: false });
  parse.position = start;
  return 0;
}
