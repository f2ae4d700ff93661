// The vectors of vectors/pixels: frames from other encoders, with the samples that went in.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { canonicalBytes } from "./canonical-samples.ts";
import { createPixelDecoder } from "./pixel-decoder.ts";
import type { PixelDescription } from "./pixel-description.ts";
import { PixelError } from "./pixel-error.ts";

interface Vector {
  readonly title: string;
  readonly input: { readonly description: PixelDescription; readonly frame: string };
  readonly output: { readonly samples: string } | { readonly error: string; readonly reason: string };
}

const folder = join(import.meta.dirname, "../../../../vectors/pixels");
const decoder = createPixelDecoder();

describe.each(readdirSync(folder).filter((name) => name.endsWith(".json")))("%s", (name) => {
  const vectors: readonly Vector[] = JSON.parse(readFileSync(join(folder, name), "utf8"));

  test.each(vectors.map((vector) => [vector.title, vector] as const))("%s", async (_title, { input, output }) => {
    const decoding = decoder.canonicalFrame(input.description, Buffer.from(input.frame, "base64"));
    if ("samples" in output) {
      const samples = await decoding;
      expect(Buffer.from(samples).toString("base64")).toBe(output.samples);
      expect(samples.length).toBe(canonicalBytes(input.description));
    } else {
      const error = await decoding.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(PixelError);
      expect(error).toMatchObject({ code: output.error, data: { reason: output.reason } });
    }
  });
});
