// Fragments of an encapsulated value: where each is, from item to item. DICOM PS3.5 § A.4.
import { tags } from "../dictionary/tag.ts";
import { holds, moveTo, tagAt, uint32At } from "./byte-window.ts";
import type { Fragment, Region } from "./element.ts";
import { undefinedLength } from "./element-header.ts";
import { charge, fail, keep, type Parse, type PendingFragments } from "./parse.ts";

const itemHeaderBytes = 8;
// Fragments are hopped over, so that reading far ahead would read most of them for nothing.
const hopBytes = 65536;

/** Reads the fragments that are pending. Those of pixel data stay where they are; others, such as an icon's, go to the header store. Throws MALFORMED_PIXEL_DATA, TRUNCATED, TOO_MANY_FRAMES. */
export async function readFragments(parse: Parse, { header, container, isPixelData }: PendingFragments): Promise<void> {
  parse.pending = undefined;
  parse.position = header.valueStart;
  const fragments: Fragment[] = [];
  for (;;) {
    const fragment = await nextFragment(parse, container.limit, isPixelData);
    if (fragment === undefined) break;
    if (
      fragments.push(isPixelData ? fragment : { ...(await keepFragment(parse, fragment)), head: 0 }) >
      parse.limits.frames
    )
      fail(parse, "TOO_MANY_FRAMES");
    parse.position = fragment.start + fragment.length;
  }
  const { tag, vr, valueStart: start } = header;
  const length = parse.position - start;
  if (isPixelData) parse.pixelData = { tag, vr, start, length, bigEndian: container.encoding.bigEndian, fragments };
  else container.elements.push({ tag, vr, start: 0, length: 0, inSource: false, items: undefined, fragments });
}

// Pixel data that are cut short are taken as far as they go: they are the last thing in the object, and the rest of it is there.
async function nextFragment(parse: Parse, limit: number, isPixelData: boolean): Promise<Fragment | undefined> {
  const { window, position } = parse;
  const room = limit - position - itemHeaderBytes;
  if (room < 0) return cutShort(parse, isPixelData, limit, undefined);
  const peek = itemHeaderBytes + Math.min(room, 4);
  if (!holds(window, position, peek)) await moveTo(window, position, peek, hopBytes);
  const tag = tagAt(window, position, false);
  const length = uint32At(window, position + 4, false);
  const start = position + itemHeaderBytes;
  if (tag === tags.sequenceDelimitation) {
    parse.position = start;
    return undefined;
  }
  if (tag !== tags.item || length === undefinedLength) return fail(parse, "MALFORMED_PIXEL_DATA");
  const head = length >= 4 && room >= 4 ? uint32At(window, start, true) : 0;
  return length > room ? cutShort(parse, isPixelData, limit, { start, length: room, head }) : { start, length, head };
}

function cutShort(parse: Parse, isPixelData: boolean, limit: number, rest: Fragment | undefined): Fragment | undefined {
  if (!isPixelData) fail(parse, "TRUNCATED");
  parse.notes.add("PIXEL_DATA_TRUNCATED");
  if (rest === undefined) parse.position = limit;
  return rest;
}

async function keepFragment(parse: Parse, { start, length }: Region): Promise<Region> {
  charge(parse, length);
  if (!holds(parse.window, start, length)) await moveTo(parse.window, start, length);
  return { start: keep(parse, start, length), length };
}
