// Multipart bodies: taken apart the same however they are cut, refused when they break a rule, and never read beyond the limits. RFC 2046 § 5.1.
import { concat, utf8 } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseMediaType } from "./media-type.ts";
import { MultipartError } from "./multipart-error.ts";
import { multipartParts } from "./multipart-parts.ts";
import { isBoundary, type MultipartLimits, multipartReader } from "./multipart-reader.ts";
import { multipartRelated, writeMultipart } from "./multipart-writer.ts";

const boundary = "0123456789abcdef";

interface ReadPart {
  readonly header: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Takes bytes apart that come in pieces of these sizes, the last size again and again. Returns the parts, or the code of what was wrong. */
function read(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length || 1],
  limits: Partial<MultipartLimits> = {},
): ReadPart[] | string {
  const parts: { header: Record<string, string>; body: Uint8Array[] }[] = [];
  try {
    const reader = multipartReader(boundary, limits);
    for (let at = 0, piece = 0; at < bytes.length; piece++) {
      const size = sizes[Math.min(piece, sizes.length - 1)] as number;
      for (const event of reader.push(bytes.slice(at, at + size))) {
        if (event.kind === "part") parts.push({ header: Object.fromEntries(event.header), body: [] });
        if (event.kind === "bytes") parts.at(-1)?.body.push(event.bytes);
      }
      at += size;
    }
    reader.end();
  } catch (thrown) {
    if (thrown instanceof MultipartError) return thrown.code;
    throw thrown;
  }
  return parts.map(({ header, body }) => ({ header, body: Buffer.from(concat(...body)).toString("latin1") }));
}

async function written(parts: readonly { header: Record<string, string>; body: Uint8Array }[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const given = parts.map(({ header, body }) => ({ header, body: [body] }));
  for await (const piece of writeMultipart(boundary, given)) pieces.push(piece);
  return concat(...pieces);
}

// Bytes that look like boundaries, ends of lines and the like more often than chance would have it.
const hard = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc
        .constantFrom("\r\n", "\r", "\n", "--", "\r\n--", `\r\n--${boundary.slice(0, -1)}`, boundary, "\r\n--0")
        .map(utf8),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => concat(...pieces))
  .filter((bytes) => !Buffer.from(bytes).toString("latin1").includes(`\r\n--${boundary}`));
const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });

test("what is written is read again, however it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(hard, { maxLength: 4 }), sizes, async (bodies, pieces) => {
      const parts = bodies.map((body) => ({ header: { "content-type": "application/dicom" }, body }));
      const expected = parts.map(({ header, body }) => ({ header, body: Buffer.from(body).toString("latin1") }));
      const bytes = await written(parts);
      expect(read(bytes)).toEqual(expected);
      expect(read(bytes, pieces)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test("10,000 mutated bodies are read alike however they are cut, or refused with a code of the table", async () => {
  const original = await written([
    { header: { "Content-Type": "application/dicom" }, body: utf8("first\r\n--part") },
    { header: { "Content-Type": "application/dicom", "X-Other": "1" }, body: utf8("second") },
  ]);
  let refused = 0;
  const position = fc.nat({ max: original.length - 1 });
  const change = fc.oneof(
    fc.record({ at: position, drop: fc.nat({ max: 5 }), put: fc.uint8Array({ maxLength: 4 }) }),
    fc.record({
      at: position,
      drop: fc.constant(0),
      put: fc.constantFrom("\r\n", "--", `\r\n--${boundary}`, "\r\n\r\n", ":", " ").map(utf8),
    }),
  );
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), sizes, (changes, pieces) => {
      let bytes = original;
      for (const { at, drop, put } of changes) bytes = concat(bytes.subarray(0, at), put, bytes.subarray(at + drop));
      const whole = read(bytes);
      expect(read(bytes, pieces)).toEqual(whole);
      if (typeof whole === "string") refused++;
    }),
    { numRuns: 10_000 },
  );
  expect(refused).toBeGreaterThan(1000);
});

describe("by the letter", () => {
  const part = (text: string) => ({ header: { a: "1" }, body: text });
  test.each<[string, string, ReadPart[] | string]>([
    ["one part", `--${boundary}\r\na: 1\r\n\r\nx\r\n--${boundary}--`, [part("x")]],
    ["no part", `--${boundary}--`, []],
    [
      "a preamble and an epilogue",
      `for old readers\r\n--${boundary}\r\na: 1\r\n\r\nx\r\n--${boundary}--\r\nbye`,
      [part("x")],
    ],
    ["blanks behind the boundary", `--${boundary} \t\r\na: 1\r\n\r\nx\r\n--${boundary}--`, [part("x")]],
    ["no header", `--${boundary}\r\n\r\nx\r\n--${boundary}--`, [{ header: {}, body: "x" }]],
    ["no content", `--${boundary}\r\na: 1\r\n\r\n\r\n--${boundary}--`, [part("")]],
    ["content that ends in line ends", `--${boundary}\r\na: 1\r\n\r\n\r\n\n\r\r\n--${boundary}--`, [part("\r\n\n\r")]],
    ["a folded field", `--${boundary}\r\na:\r\n 1\r\n\r\nx\r\n--${boundary}--`, [part("x")]],
    ["bare line feeds", `--${boundary}\na: 1\n\nx\n--${boundary}--`, "MULTIPART_MALFORMED"],
    ["a line feed in the header", `--${boundary}\r\na: 1\nb: 2\r\n\r\nx\r\n--${boundary}--`, "MULTIPART_MALFORMED"],
    ["a field without a colon", `--${boundary}\r\na\r\n\r\nx\r\n--${boundary}--`, "MULTIPART_MALFORMED"],
    ["a field twice", `--${boundary}\r\na: 1\r\nA: 2\r\n\r\nx\r\n--${boundary}--`, "MULTIPART_MALFORMED"],
    ["something behind the boundary", `--${boundary}x\r\na: 1\r\n\r\nx\r\n--${boundary}--`, "MULTIPART_MALFORMED"],
    ["no closing boundary", `--${boundary}\r\na: 1\r\n\r\nx\r\n--${boundary}\r\n`, "MULTIPART_BROKEN_OFF"],
    ["an end in the header", `--${boundary}\r\na: 1\r\n`, "MULTIPART_BROKEN_OFF"],
    ["an end in the content", `--${boundary}\r\na: 1\r\n\r\nxyz`, "MULTIPART_BROKEN_OFF"],
    ["nothing", "", "MULTIPART_BROKEN_OFF"],
    ["no boundary at all", "just text", "MULTIPART_BROKEN_OFF"],
  ])("%s", (_title, text, expected) => {
    expect(read(utf8(text))).toEqual(expected);
    expect(read(utf8(text), [1])).toEqual(expected);
  });
});

describe("limits", () => {
  const opening = `--${boundary}\r\n`;
  test("of a header, whose end may never come", () => {
    const long = `${opening}a: ${"x".repeat(200)}`;
    expect(read(utf8(long), [7], { headerBytes: 100 })).toBe("PART_HEADER_TOO_LARGE");
    expect(read(utf8(`${long}\r\n\r\n\r\n--${boundary}--`), [1000], { headerBytes: 100 })).toBe(
      "PART_HEADER_TOO_LARGE",
    );
    expect(
      read(utf8(`${opening}a: ${"x".repeat(90)}\r\n\r\n\r\n--${boundary}--`), [7], { headerBytes: 100 }),
    ).toHaveLength(1);
  });

  test("of parts", () => {
    const parts = `${`${opening}\r\n\r\n`.repeat(3)}--${boundary}--`;
    expect(read(utf8(parts), [9], { parts: 3 })).toHaveLength(3);
    expect(read(utf8(parts), [9], { parts: 2 })).toBe("TOO_MANY_PARTS");
  });

  test("of a preamble and of blanks", () => {
    const preamble = "x".repeat(200);
    expect(read(utf8(`${preamble}\r\n${opening}`), [9], { preambleBytes: 100 })).toBe("MULTIPART_MALFORMED");
    expect(read(utf8(`--${boundary}${" ".repeat(500)}`), [9])).toBe("MULTIPART_MALFORMED");
  });

  test("of the boundary", () => {
    for (const bad of ["", "x".repeat(71), "a ", "a\r\nb", 'a"b', "ä"]) {
      expect(isBoundary(bad)).toBe(false);
      expect(() => multipartReader(bad)).toThrow(expect.objectContaining({ code: "BOUNDARY_INVALID" }));
    }
    expect(isBoundary("x".repeat(70))).toBe(true);
  });

  test("of what is held: content goes out as it comes in", () => {
    const reader = multipartReader(boundary);
    reader.push(utf8(`${opening}\r\n`));
    const chunk = new Uint8Array(65_536).fill(0x0d);
    for (let time = 0; time < 16; time++) {
      const given = reader
        .push(chunk)
        .reduce((sum, event) => sum + (event.kind === "bytes" ? event.bytes.length : 0), 0);
      expect(given).toBeGreaterThanOrEqual(chunk.length - boundary.length - 4);
    }
  });
});

describe("parts as streams", () => {
  async function* inPieces(bytes: Uint8Array) {
    for (let at = 0; at < bytes.length; at += 3) yield bytes.slice(at, at + 3);
  }

  test("come one after the other; one that is left unread, or half read, is passed over", async () => {
    const bodies = ["unread, and long enough", "half read, and long enough", "whole"];
    const bytes = await written(bodies.map((body, at) => ({ header: { n: String(at) }, body: utf8(body) })));
    const seen: string[] = [];
    for await (const { header, body } of multipartParts(inPieces(bytes), boundary)) {
      if (header.get("n") === "0") continue;
      let text = "";
      for await (const piece of body) {
        text += Buffer.from(piece).toString();
        if (header.get("n") === "1") break;
      }
      seen.push(text);
    }
    expect(seen).toHaveLength(2);
    expect(bodies[1]?.startsWith(seen[0] as string)).toBe(true);
    expect(seen[1]).toBe("whole");
  });

  test("break off where the body does", async () => {
    const bytes = await written([
      { header: {}, body: utf8("whole") },
      { header: {}, body: utf8("cut off") },
    ]);
    let parts = 0;
    const reading = async () => {
      for await (const { body } of multipartParts(inPieces(bytes.subarray(0, -30)), boundary)) {
        for await (const _ of body);
        parts++;
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: "MULTIPART_BROKEN_OFF" });
    expect(parts).toBe(1);
  });
});

test("what follows the closing boundary is read so far and no further", async () => {
  let read = 0;
  async function* endless(most: number) {
    yield utf8(`--${boundary}\r\n\r\nwhole\r\n--${boundary}--\r\n`);
    for (; read < most; read++) yield new Uint8Array(1024);
  }
  const partsOf = async (chunks: AsyncIterable<Uint8Array>) => {
    let parts = 0;
    for await (const _ of multipartParts(chunks, boundary)) parts++;
    return parts;
  };
  expect(await partsOf(endless(4))).toBe(1);
  expect(read).toBe(4);
  read = 0;
  expect(await partsOf(endless(10_000))).toBe(1);
  expect(read).toBeLessThan(10);
});

test("the Content-Type of what is written names its parts and its boundary", () => {
  const type = parseMediaType(multipartRelated("application/dicom", boundary));
  expect(type?.name).toBe("multipart/related");
  expect(type?.parameters.get("type")).toBe("application/dicom");
  expect(type?.parameters.get("boundary")).toBe(boundary);
});
