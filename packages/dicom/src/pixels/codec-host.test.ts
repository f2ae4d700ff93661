import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadCodecBytes } from "./codec-bytes-node.ts";
import { type CodecTask, startCodecHost } from "./codec-host.ts";
import { PixelError } from "./pixel-error.ts";

const module = await WebAssembly.compile(await loadCodecBytes());
const jpegLs: CodecTask = {
  name: "DecodeJpegLs",
  rows: 20,
  columns: 13,
  samples: 1,
  cellBits: 8,
  signed: false,
  toRgb: false,
};

test("a host lives on after a frame", async () => {
  const host = await startCodecHost(module);
  for (let round = 0; round < 3; round++) {
    expect(Buffer.from(host.decode(jpegLs, frameOf("8 bits"))).toString("base64")).toBe(outputOf("8 bits").samples);
    expect(host.isSpent()).toBe(false);
  }
});

test("a host is spent once a codec broke off: its stack was not unwound", async () => {
  const host = await startCodecHost(module);
  const decode = () => host.decode(jpegLs, Buffer.concat([frameOf("half a frame"), Buffer.of(0xff, 0xd9)]));
  expect(decode).toThrow(expect.objectContaining({ code: "PIXEL_DATA_INVALID", data: { reason: "refused" } }));
  expect(host.isSpent()).toBe(true);
});

test("a host is spent once its memory grew", async () => {
  const host = await startCodecHost(module);
  const long = Buffer.concat([frameOf("8 bits"), new Uint8Array(300 * 2 ** 20)]);
  expect(Buffer.from(host.decode(jpegLs, long)).toString("base64")).toBe(outputOf("8 bits").samples);
  expect(host.isSpent()).toBe(true);
});

test("what a codec says of a frame does not get out", async () => {
  const host = await startCodecHost(module);
  const error = refusal(() => host.decode({ ...jpegLs, name: "DecodeJpeg" }, Buffer.from("DOE^JANE")));
  expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/DOE|Jpeg|0x/);
  expect(error.cause).toBeUndefined();
});

function refusal(decode: () => unknown): PixelError {
  try {
    decode();
  } catch (error) {
    if (error instanceof PixelError) return error;
  }
  throw new Error("decoded, or failed otherwise");
}

function vectorOf(title: string): { input: { frame: string }; output: { samples: string } } {
  const vectors = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../../vectors/pixels/jpeg-ls.json"), "utf8"),
  );
  return vectors.find((vector: { title: string }) => vector.title === title);
}

function frameOf(title: string): Buffer {
  return Buffer.from(vectorOf(title).input.frame, "base64");
}

function outputOf(title: string): { samples: string } {
  return vectorOf(title).output;
}
