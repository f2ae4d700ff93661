// Taking the pixel data of the object: they stay where they are, and only their place is noted. DICOM PS3.5 § 8, § A.4.
import { type Tag, tags } from "../dictionary/tag.ts";
import { type ElementHeader, undefinedLength } from "./element-header.ts";
import { announcedBytes, readImageFormat } from "./image-format.ts";
import { type Container, fail, failBeyond, type Parse } from "./parse.ts";

/** Tells whether `tag` is one of the three kinds of pixel data. */
export function isPixelDataTag(tag: Tag): boolean {
  return tag === tags.pixelData || tag === tags.floatPixelData || tag === tags.doubleFloatPixelData;
}

/** Notes where the pixel data are. Throws SEVERAL_PIXEL_DATA, TRUNCATED. */
export function takePixelData(parse: Parse, container: Container, header: ElementHeader): 0 {
  if (parse.pixelData !== undefined) fail(parse, "SEVERAL_PIXEL_DATA");
  if (header.length === undefinedLength) {
    parse.pending = { header, container, isPixelData: true };
    return 0;
  }
  const { tag, vr, valueStart: start } = header;
  const room = container.limit - start;
  if (header.length > room) acceptTruncated(parse, container, header);
  const length = Math.min(header.length, room);
  parse.pixelData = { tag, vr, start, length, bigEndian: container.encoding.bigEndian, fragments: undefined };
  parse.position = start + length;
  return 0;
}

// An image cut short is still that image, and a fact worth recording; a length that nothing else in the object supports is no fact.
function acceptTruncated(parse: Parse, { elements, encoding, limit }: Container, { tag, length }: ElementHeader): void {
  const format = readImageFormat({ elements, bigEndian: encoding.bigEndian }, parse.store);
  const announced = announcedBytes(format, tag);
  if (length !== announced && length !== announced + (announced % 2)) failBeyond(parse, limit, tag);
  parse.notes.add("PIXEL_DATA_TRUNCATED");
}
