import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultDimseLimits } from "./dimse-limits.ts";
import type { Malformed } from "./pdu.ts";
import { type PduEvent, pduReader } from "./pdu-reader.ts";
import { writeData, writePdu } from "./pdu-writer.ts";
import { anyPart, anyPdu, cut, joined } from "./scratch/arbitrary-pdus.ts";

function read(...pieces: readonly Uint8Array[]): PduEvent[] {
  const reader = pduReader(defaultDimseLimits);
  return pieces.flatMap((piece) => [...reader.read(piece)]);
}

test("what is written is read again", () => {
  fc.assert(
    fc.property(anyPdu, (pdu) => {
      expect(read(writePdu(pdu))).toEqual([pdu]);
    }),
  );
});

test("parts come out whole, in PDUs that are as long as they may be", () => {
  fc.assert(
    fc.property(anyPart, ({ part, maximumLength }) => {
      const pdus = writeData(part, maximumLength);
      for (const pdu of pdus) expect(pdu.length - 6).toBeLessThanOrEqual(maximumLength === 0 ? 300_000 : maximumLength);
      const isSilent = part.bytes.length === 0 && !part.isLast;
      const bytes = Buffer.from(part.bytes);
      expect(joined(read(...pdus))).toEqual(isSilent ? [] : [{ type: "fragment", ...part, bytes }]);
    }),
  );
});

test("a stream says the same however it is cut", () => {
  const pdus = fc.oneof(
    anyPdu.map((pdu) => [writePdu(pdu)]),
    anyPart.map(({ part, maximumLength }) => writeData(part, maximumLength)),
  );
  const rubbish = fc.uint8Array({ maxLength: 40 });
  fc.assert(
    fc.property(
      fc.array(pdus, { maxLength: 6 }),
      rubbish,
      fc.array(fc.nat(), { maxLength: 40 }),
      (parts, end, places) => {
        const stream = Buffer.concat([...parts.flat(), end]);
        const whole = joined(read(stream));
        expect(joined(read(...cut(stream, places)))).toEqual(whole);
        expect(joined(read(...cut(stream, [...stream.keys()])))).toEqual(whole);
      },
    ),
    { numRuns: 200 },
  );
});

const reasons = (...bytes: readonly number[]): (number | string)[] =>
  read(Uint8Array.from(bytes)).map((event) => (event.type === "malformed" ? event.reason : event.type));
const request = writePdu({
  type: "associate-request",
  protocolVersion: 1,
  calledAe: "FIDUCIAL",
  callingAe: "CT1",
  applicationContext: "1.2.840.10008.3.1.1.1",
  contexts: [{ id: 1, abstractSyntax: "1.2.840.10008.1.1", transferSyntaxes: ["1.2.840.10008.1.2"] }],
  user: { maximumLength: 16_384, implementationClassUid: "1.2.3", implementationVersionName: "X", roles: [] },
});

/** The request with items, written by hand, behind what it has. */
function requestWith(items: readonly number[], change: (bytes: Uint8Array) => void = () => {}): Uint8Array {
  const bytes = Uint8Array.of(...request, ...items);
  new DataView(bytes.buffer).setUint32(2, bytes.length - 6);
  change(bytes);
  return bytes;
}

test("what no PDU is, or none that is taken, is malformed, with the reason of PS3.8 § 9.3.8", () => {
  const [unrecognized, invalid] = [[1], [6]];
  expect(reasons(0, 0, 0, 0, 0, 4)).toEqual(unrecognized);
  expect(reasons(8, 0, 0, 0, 0, 4)).toEqual(unrecognized);
  expect(reasons(...Buffer.from("GET / HTTP/1.1\r\n\r\n"))).toEqual(unrecognized);
  // Announced larger than anything is taken: refused before a byte of it is there.
  expect(reasons(1, 0, 0xff, 0xff, 0xff, 0xff)).toEqual(invalid);
  expect(reasons(4, 0, 0xff, 0xff, 0xff, 0xff)).toEqual(invalid);
  expect(reasons(4, 0, 0, 4, 0, 1)).toEqual(invalid);
  expect(reasons(5, 0, 0, 0, 0, 0)).toEqual(invalid);
  // P-DATA-TF: without a value, a value shorter than its own head, one longer than its PDU, and room that holds no other.
  expect(reasons(4, 0, 0, 0, 0, 0)).toEqual(invalid);
  expect(reasons(4, 0, 0, 0, 0, 6, 0, 0, 0, 1, 1, 3)).toEqual(invalid);
  expect(reasons(4, 0, 0, 0, 0, 6, 0, 0, 0, 3, 1, 3)).toEqual(invalid);
  expect(reasons(4, 0, 0, 0, 0, 6, 0xff, 0xff, 0xff, 0xff, 1, 3)).toEqual(invalid);
  expect(reasons(4, 0, 0, 0, 0, 9, 0, 0, 0, 2, 1, 3, 0, 0, 0)).toEqual(invalid);
  expect(reasons(4, 0, 0, 0, 0, 6, 0, 0, 0, 2, 1, 3)).toEqual(["fragment"]);
});

test("nothing is read behind what is malformed", () => {
  expect(read(Uint8Array.of(8, 0, 0, 0, 0, 4), request)).toEqual([{ type: "malformed", reason: 1 }]);
});

test("items that do not fill their room, ids that cannot be, and too many of anything are malformed", () => {
  const context = (id: number) => [0x20, 0, 0, 4, id, 0, 0, 0];
  const contexts = (count: number) => Array.from({ length: count }, (_, at) => context(2 * at + 1)).flat();
  const malformed: readonly Malformed[] = [{ type: "malformed", reason: 6 }];
  const cases: Record<string, Uint8Array> = {
    "an item longer than the PDU": requestWith([0x20, 0, 0xff, 0xff]),
    "half an item": requestWith([0x20, 0]),
    "an even id": requestWith(context(2)),
    "an id that is taken": requestWith(context(1)),
    "a context without its head": requestWith([0x20, 0, 0, 1, 3]),
    "too many items": requestWith(Array.from({ length: 9000 }, () => [0x99, 0, 0, 0]).flat()),
    "too many sub-items": requestWith([0x20, 0, 0x90, 4, 3, 0, 0, 0, ...Array(0x9000).fill(0)]),
    "a maximum length of three bytes": requestWith([], (bytes) => {
      const at = bytes.findIndex((byte, index) => byte === 0x51 && bytes[index + 3] === 4);
      bytes[at + 3] = 3;
    }),
  };
  for (const [name, bytes] of Object.entries(cases)) expect(read(bytes), name).toEqual(malformed);
  expect(read(requestWith(contexts(129).slice(8)))).toEqual(malformed);
  expect(read(requestWith(contexts(128).slice(8)))).toMatchObject([
    { type: "associate-request", contexts: { length: 128 } },
  ]);
});

test("items that nobody knows, and negotiations that are not ours, are passed over", () => {
  const user = [0x50, 0, 0, 12, 0x53, 0, 0, 4, 0, 9, 0, 9, 0x77, 0, 0, 0];
  const found = read(requestWith([0x99, 0, 0, 2, 1, 1, ...user]));
  expect(found).toMatchObject([{ type: "associate-request", callingAe: "CT1", user: { maximumLength: 16_384 } }]);
});

test("a title with what no title has comes empty, and so does a UID", () => {
  const bad = requestWith([], (bytes) => {
    bytes[10] = 0x07;
    bytes.fill(0x20, 26, 42);
    const at = Buffer.from(bytes).indexOf("1.2.840.10008.1.1");
    bytes[at] = 0x78;
  });
  expect(read(bad)).toMatchObject([{ calledAe: "", callingAe: "", contexts: [{ id: 1, abstractSyntax: "" }] }]);
});
