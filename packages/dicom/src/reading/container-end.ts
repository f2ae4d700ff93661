// How data sets and sequences end: where they say, at a delimiter, or, badly, at the end of what is around them. DICOM PS3.5 § 7.5.1, § 7.5.2.
import { type Tag, tags } from "../dictionary/tag.ts";
import { type Container, fail, type Parse } from "./parse.ts";

const delimiterBytes = 8;

/** Closes what is open innermost. */
export function closeContainer(parse: Parse): 0 {
  const container = parse.stack.pop();
  if (container?.disordered === true && hasDuplicates(container)) parse.notes.add("DUPLICATE_ELEMENT");
  return 0;
}

/** Closes a container of which fewer than 8 bytes are left, when that leaves no doubt. Throws TRUNCATED, MALFORMED_ELEMENT. */
export function endEarly(parse: Parse, container: Container, room: number): 0 {
  if (parse.stack.length === 1) parse.notes.add("TRAILING_BYTES");
  else if (container.limit === parse.window.source.size) fail(parse, "TRUNCATED");
  else if (room > 0 || container.end !== Number.POSITIVE_INFINITY) fail(parse, "MALFORMED_ELEMENT");
  else parse.notes.add("MISSING_DELIMITER");
  return closeContainer(parse);
}

/** Takes an item tag or delimiter that stands where an element should. Only an item of undefined length may end so. */
export function takeDelimiter(parse: Parse, container: Container, tag: Tag): 0 {
  const awaited = container.end === Number.POSITIVE_INFINITY;
  if (awaited && tag === tags.itemDelimitation) {
    parse.position += delimiterBytes;
    return closeContainer(parse);
  }
  // The next item or the end of the sequence has come; both are the sequence's to read.
  if (awaited && (tag === tags.item || tag === tags.sequenceDelimitation)) {
    parse.notes.add("MISSING_DELIMITER");
    return closeContainer(parse);
  }
  return skipStray(parse, tag);
}

/** Passes over a delimiter that ends nothing. Throws MALFORMED_ELEMENT for anything else. */
export function skipStray(parse: Parse, tag: Tag): 0 {
  if (tag !== tags.itemDelimitation && tag !== tags.sequenceDelimitation) fail(parse, "MALFORMED_ELEMENT");
  parse.notes.add("STRAY_DELIMITER");
  parse.position += delimiterBytes;
  return 0;
}

function hasDuplicates({ elements }: Container): boolean {
  return new Set(elements.map(({ tag }) => tag)).size < elements.length;
}
