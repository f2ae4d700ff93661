// Byte sources give the same bytes wherever they come from.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { blobSource, bytesSource, partsSource } from "./byte-source.ts";
import { openFile } from "./file-source.ts";

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

describe("files", () => {
  it("are read whole when small", async () => {
    const path = join(folder, "small");
    writeFileSync(path, "small file");
    await using file = await openFile(path);
    expect(file.size).toBe(10);
    expect(Buffer.from(file.bytes ?? []).toString()).toBe("small file");
    expect(Buffer.from(await file.read(6, 4)).toString()).toBe("file");
  });

  it("stream when large, beyond 2^32 bytes too", async () => {
    const path = join(folder, "large");
    writeFileSync(path, "");
    truncateSync(path, 5 * 2 ** 30);
    await using file = await openFile(path);
    expect(file.bytes).toBeUndefined();
    expect(file.size).toBe(5 * 2 ** 30);
    const read = await file.read(5 * 2 ** 30 - 3, 3);
    expect(read).toHaveLength(3);
    expect(read.constructor).toBe(Uint8Array);
    await expect(file.read(5 * 2 ** 30 - 3, 4)).rejects.toMatchObject({ code: "SOURCE_CHANGED" });
  });

  it("are gone once closed", async () => {
    const path = join(folder, "closed");
    writeFileSync(path, "closed file");
    const file = await openFile(path);
    const { bytes } = file;
    await file.close();
    await file.close();
    expect(bytes).toHaveLength(0);
  });

  it("that cannot be opened say so in Node's words", async () => {
    await expect(openFile(join(folder, "absent"))).rejects.toMatchObject({ code: "ENOENT" });
    await expect(openFile(folder)).rejects.toMatchObject({ code: "EISDIR" });
  });
});
