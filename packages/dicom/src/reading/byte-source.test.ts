// Byte sources give the same bytes wherever they come from.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { blobSource, bytesSource, partsSource } from "./byte-source.ts";
import { openFile, openFileWaiting } from "./file-source.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-source-"));
afterAll(() => rmSync(folder, { recursive: true }));

const parts = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 8 });
const place = fc.tuple(fc.nat({ max: 200 }), fc.nat({ max: 200 }));

describe("sources in memory", () => {
  it("give what is there, and nothing that is not", async () => {
    await fc.assert(
      fc.asyncProperty(parts, place, async (pieces, [offset, length]) => {
        const whole = new Uint8Array(Buffer.concat(pieces));
        const sources = [bytesSource(whole), blobSource(new Blob([whole])), partsSource(pieces)];
        for (const source of sources) {
          expect(source.size).toBe(whole.length);
          const read = source.read(offset, length);
          if (offset + length <= whole.length)
            expect([...(await read)]).toEqual([...whole.subarray(offset, offset + length)]);
          else if (length > 0) await expect(read).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
        }
      }),
    );
  });

  it("give plain arrays, whose slices are copies", async () => {
    const buffer = Buffer.from("0123456789").subarray(2);
    const source = bytesSource(buffer);
    for (const bytes of [source.bytes, await source.read(1, 3)]) expect(bytes?.constructor).toBe(Uint8Array);
    expect(Buffer.from(await source.read(1, 3)).toString()).toBe("345");
  });

  it("gives all bytes at once only where that costs nothing", () => {
    expect(bytesSource(new Uint8Array(3)).bytes).toHaveLength(3);
    expect(blobSource(new Blob(["abc"])).bytes).toBeUndefined();
  });
});

const room = new Uint8Array(1000);

describe.each([
  ["read asynchronously", openFile],
  ["waited for", async (path: string) => openFileWaiting(path, room)],
])("files that are %s", (_how, open) => {
  it("are read whole when small", async () => {
    const path = join(folder, "small");
    writeFileSync(path, "small file");
    await using file = await open(path);
    expect(file.size).toBe(10);
    expect(Buffer.from(file.bytes ?? []).toString()).toBe("small file");
    expect(Buffer.from(await file.read(6, 4)).toString()).toBe("file");
  });

  it("stream when large, beyond 2^32 bytes too", async () => {
    const path = join(folder, "large");
    writeFileSync(path, "");
    truncateSync(path, 5 * 2 ** 30);
    await using file = await open(path);
    expect(file.bytes).toBeUndefined();
    expect(file.size).toBe(5 * 2 ** 30);
    const read = await file.read(5 * 2 ** 30 - 3, 3);
    expect(read).toHaveLength(3);
    expect(read.constructor).toBe(Uint8Array);
    await expect(file.read(5 * 2 ** 30 - 3, 4)).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
  });

  it("that cannot be opened say so in Node's words", async () => {
    await expect(open(join(folder, "absent"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(open(folder)).rejects.toMatchObject({ code: "EISDIR" });
  });
});

describe("files read once", () => {
  it("are gone once closed", async () => {
    const path = join(folder, "closed");
    writeFileSync(path, "closed file");
    const file = await openFile(path);
    const { bytes } = file;
    await file.close();
    await file.close();
    expect(bytes).toHaveLength(0);
  });

  it("are in the room that they were given, which a file that fills it does not fit into", async () => {
    const path = join(folder, "room");
    for (const [size, isWhole] of [
      [0, true],
      [999, true],
      [1000, false],
      [1001, false],
    ] as const) {
      writeFileSync(path, Buffer.alloc(size, 7));
      await using file = openFileWaiting(path, room);
      expect(file.size).toBe(size);
      expect(file.bytes?.buffer).toBe(isWhole ? room.buffer : undefined);
      expect([...(await file.read(0, size))]).toEqual(Array(size).fill(7));
      await expect(file.read(0, size + 1)).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
    }
  });
});
