// One step through a sequence: the next item, or the end. DICOM PS3.5 § 7.5.
import { tags } from "../dictionary/tag.ts";
import { holds, tagAt, uint32At } from "./byte-window.ts";
import { closeContainer, endEarly, skipStray } from "./container-end.ts";
import type { DataSet } from "./element.ts";
import { type Encoding, hasKnownVr, readElementHeader, undefinedLength } from "./element-header.ts";
import { type Container, charge, fail, failBeyond, newContainer, type Parse } from "./parse.ts";

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

function openItem(parse: Parse, container: Container, items: DataSet[], length: number): number {
  const { limit } = container;
  const start = parse.position + itemHeaderBytes;
  const end = length === undefinedLength ? Number.POSITIVE_INFINITY : start + length;
  if (end !== Number.POSITIVE_INFINITY && end > limit) failBeyond(parse, limit);
  const encoding = itemEncoding(parse, container, start, Math.min(end, limit));
  if (encoding === undefined) return 2 * itemHeaderBytes;
  charge(parse, itemHeaderBytes);
  const elements: Container["elements"] = [];
  items.push({ elements, bigEndian: encoding.bigEndian });
  parse.stack.push(newContainer({ elements, items: undefined, end, limit: Math.min(end, limit), encoding }));
  parse.position = start;
  return 0;
}

// Some systems make a sequence UN and leave its elements explicit, against PS3.5 § 6.2.2. Their VR read as a length then passes the end.
function itemEncoding(
  parse: Parse,
  { isUnknown, encoding }: Container,
  start: number,
  limit: number,
): Encoding | undefined {
  if (!isUnknown || limit - start < itemHeaderBytes) return encoding;
  if (!holds(parse.window, start, itemHeaderBytes)) return undefined;
  const implicit = readElementHeader(parse.window, start, limit, encoding);
  if (implicit.length === undefinedLength || implicit.length <= limit - implicit.valueStart) return encoding;
  if (!hasKnownVr(parse.window, start)) return encoding;
  parse.notes.add("EXPLICIT_IN_UNKNOWN");
  return { ...encoding, explicitVr: true };
}
