// A rendering worker: decodes, draws and encodes one picture at a time, off the main thread.
import { parentPort } from "node:worker_threads";
import { createPixelDecoder, DicomError, PixelError, readObject } from "@fiducial/dicom";
import { openFile } from "@fiducial/dicom/file";
import { type RgbaPicture, renderedFrame } from "@fiducial/dicom/rendering";
import jpeg from "jpeg-js";
import { PNG } from "pngjs";
import type { RenderingJob, RenderingResult } from "./rendering-work.ts";

/** A frame of the largest detectors is a tenth of it. */
const decoder = createPixelDecoder({ limitBytes: 256 * 2 ** 20 });
/** Pixels of a picture: four bytes each, twice. */
const mostPixels = 64 * 2 ** 20;

async function render(job: RenderingJob): Promise<RenderingResult> {
  try {
    await using source = await openFile(job.path);
    const object = await readObject(source);
    const picture = await renderedFrame(object, decoder, job);
    if (picture === undefined) return { code: "FRAME_UNKNOWN" };
    if (picture.rows * picture.columns > mostPixels) return { code: "NOT_RENDERABLE" };
    return { picture: encoded(picture, job) };
  } catch (thrown) {
    return { code: thrown instanceof DicomError ? "STORED_OBJECT_UNREADABLE" : codeOf(thrown) };
  }
}

// Whatever else goes wrong with a picture: it cannot be made.
function codeOf(thrown: unknown): "NOT_RENDERABLE" | "STORED_OBJECT_UNREADABLE" {
  const isOfTheDisk = !(thrown instanceof PixelError) && typeof (thrown as { code?: unknown }).code === "string";
  return isOfTheDisk ? "STORED_OBJECT_UNREADABLE" : "NOT_RENDERABLE";
}

function encoded({ columns, rows, data }: RgbaPicture, { type, quality }: RenderingJob): Uint8Array<ArrayBuffer> {
  if (type === "image/jpeg") return new Uint8Array(jpeg.encode({ width: columns, height: rows, data }, quality).data);
  const png = new PNG({ width: columns, height: rows, colorType: 2 });
  png.data = Buffer.from(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength);
  return new Uint8Array(PNG.sync.write(png, { colorType: 2, inputHasAlpha: true }));
}

parentPort?.on("message", async (job: RenderingJob) => {
  const result = await render(job);
  parentPort?.postMessage(result, "picture" in result ? [result.picture.buffer] : []);
});
