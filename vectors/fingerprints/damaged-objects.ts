// Damaged objects: sound ones, ours and real ones, with bits flipped, numbers changed, and bytes lost, doubled and mixed in.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { headerCases } from "./header-cases.ts";
import { pixelCases } from "./pixel-cases.ts";
import { sequenceCases } from "./sequence-cases.ts";

/** Objects up to this many bytes are damaged: what is odd about an object is in its first few thousand. */
const longestObject = 100_000;

const sound: readonly Buffer[] = [
  ...[...headerCases(), ...sequenceCases(), ...pixelCases()].map(({ bytes }) => Buffer.from(bytes)),
  ...filesIn(sharedData(), ["dicom/valid", "dicom/malformed"]),
  ...filesIn(pydicomData(), ["."]),
].filter(({ length }) => length > 0 && length <= longestObject);

function filesIn(root: string | undefined, folders: readonly string[]): Buffer[] {
  if (root === undefined) return [];
  const paths = folders.flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name)));
  return paths
    .filter((path) => statSync(path).isFile() && statSync(path).size <= longestObject)
    .map((path) => readFileSync(path));
}

type Damage = (bytes: Buffer) => Buffer;

/** Places near the beginning, where lengths and tags are dense, and places anywhere. */
const place = fc.oneof(fc.nat({ max: 600 }), fc.double({ min: 0, max: 1, noNaN: true }));

function at(where: number, size: number): number {
  return Number.isInteger(where) ? where % size : Math.floor(where * size) % size;
}

const number = fc.constantFrom(0, 1, 2, 0x7fffffff, 0xfffffff0, 0xfffffffe, 0xffffffff);
const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(place, fc.nat({ max: 7 })).map(
    ([where, bit]): Damage =>
      (bytes) =>
        changed(bytes, where, (byte) => byte ^ (1 << bit)),
  ),
  fc.tuple(place, fc.nat({ max: 255 })).map(
    ([where, byte]): Damage =>
      (bytes) =>
        changed(bytes, where, () => byte),
  ),
  fc.tuple(place, number).map(
    ([where, value]): Damage =>
      (bytes) =>
        withNumber(bytes, where, value),
  ),
  fc.tuple(place, fc.nat({ max: 300 })).map(
    ([where, count]): Damage =>
      (bytes) =>
        without(bytes, where, count),
  ),
  fc.tuple(place, place, fc.nat({ max: 300 })).map(
    ([from, to, count]): Damage =>
      (bytes) =>
        repeated(bytes, from, to, count),
  ),
  place.map(
    (where): Damage =>
      (bytes) =>
        bytes.subarray(0, at(where, bytes.length)),
  ),
  fc.tuple(place, fc.constantFrom(...sound), place).map(
    ([where, other, from]): Damage =>
      (bytes) =>
        Buffer.concat([bytes.subarray(0, at(where, bytes.length)), other.subarray(at(from, other.length))]),
  ),
  fc
    .tuple(
      place,
      fc.constantFrom(
        "fffe00e0ffffffff",
        "feff00e0ffffffff",
        "feff0de000000000",
        "feffdde000000000",
        "e07f10004f420000ffffffff",
        "08001800554905002e2e2e2e2e",
      ),
    )
    .map(
      ([where, hex]): Damage =>
        (bytes) =>
          inserted(bytes, where, Buffer.from(hex, "hex")),
    ),
);

function changed(bytes: Buffer, where: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  const place = at(where, bytes.length);
  copy[place] = change(copy[place] as number);
  return copy;
}

function withNumber(bytes: Buffer, where: number, value: number): Buffer {
  if (bytes.length < 4) return bytes;
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at(where, bytes.length - 3));
  return copy;
}

function without(bytes: Buffer, where: number, count: number): Buffer {
  const start = at(where, bytes.length);
  return Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + count)]);
}

function repeated(bytes: Buffer, from: number, to: number, count: number): Buffer {
  const start = at(from, bytes.length);
  return inserted(bytes, to, bytes.subarray(start, start + count));
}

function inserted(bytes: Buffer, where: number, piece: Buffer): Buffer {
  const start = at(where, bytes.length);
  return Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start)]);
}

/** Makes objects to which up to four things were done. */
export const damagedObject: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...sound), fc.array(damage, { minLength: 1, maxLength: 4 }))
  .map(([bytes, damages]) =>
    damages.reduce((damaged, apply) => (damaged.length === 0 ? damaged : apply(damaged)), bytes),
  );
