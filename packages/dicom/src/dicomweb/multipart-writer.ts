// Writes a multipart body as it goes: nothing of it is held. RFC 2046 § 5.1, RFC 2387.
import { utf8 } from "@fiducial/core";

/** A part to write. */
export interface WrittenPart {
  /** Fields by name. Values are ASCII without line ends. */
  readonly header: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

/** Writes the parts with `boundary`, which must not stand in any of them: 32 random hex digits do not. */
export async function* writeMultipart(
  boundary: string,
  parts: AsyncIterable<WrittenPart> | Iterable<WrittenPart>,
): AsyncGenerator<Uint8Array, void> {
  for await (const { header, body } of parts) {
    const fields = Object.entries(header).map(([name, value]) => `${name}: ${value}\r\n`);
    yield utf8(`\r\n--${boundary}\r\n${fields.join("")}\r\n`);
    yield* body;
  }
  yield utf8(`\r\n--${boundary}--\r\n`);
}

/** Writes the Content-Type of a multipart/related body whose parts, or the first of them, are of `type`. */
export function multipartRelated(type: string, boundary: string): string {
  return `multipart/related; type="${type}"; boundary=${boundary}`;
}
