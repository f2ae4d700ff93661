// From samples to what a screen shows: rescaled, windowed, coloured, eight bits a channel. DICOM PS3.3 § C.7.6.3.1.2, § C.11.2.
import type { PixelDescription } from "../pixels/pixel-description.ts";
import type { ReadableSamples } from "../pixels/readable.ts";
import type { PictureAttributes, PictureWindow } from "./picture-attributes.ts";

/** A picture: red, green, blue and 255, row by row. */
export interface RgbaPicture {
  readonly columns: number;
  readonly rows: number;
  readonly data: Uint8ClampedArray;
}

/** Draws the samples of one frame, pixel for pixel. Colour pictures have no window; grey ones without any are spread from their least to their greatest value. */
export function drawFrame(
  description: PixelDescription,
  samples: ReadableSamples,
  attributes: PictureAttributes,
  window: PictureWindow | undefined,
): RgbaPicture {
  const { rows, columns, samplesPerPixel } = description;
  const data = new Uint8ClampedArray(4 * rows * columns).fill(255);
  if (samplesPerPixel >= 3) drawColour(description, samples, data);
  else if (attributes.palette !== undefined) drawPalette(attributes.palette, samples, data);
  else drawGrey(samples, attributes, window ?? attributes.window ?? wholeRange(samples, attributes), data);
  return { columns, rows, data };
}

function wholeRange(samples: ReadableSamples, { slope, intercept }: PictureAttributes): PictureWindow {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const sample of samples) {
    const value = Number(sample) * slope + intercept;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return {
    centre: (least + greatest) / 2,
    width: Math.max(greatest - least, Number.MIN_VALUE),
    function: "linear-exact",
  };
}

function drawGrey(
  samples: ReadableSamples,
  { slope, intercept, isInverted }: PictureAttributes,
  window: PictureWindow,
  data: Uint8ClampedArray,
): void {
  const grey = greys[window.function](window);
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const value = grey(Number(samples[pixel]) * slope + intercept);
    data.fill(isInverted ? 255 - value : value, 4 * pixel, 4 * pixel + 3);
  }
}

type Grey = (value: number) => number;

/** Values become 0 to 255; the array clamps what lies outside, and rounds. */
const greys: Readonly<Record<PictureWindow["function"], (window: PictureWindow) => Grey>> = {
  linear: ({ centre, width }) => {
    const scale = 255 / Math.max(width - 1, Number.MIN_VALUE);
    // A window of width 1 is a threshold.
    if (width <= 1) return (value) => (value <= centre - 0.5 ? 0 : 255);
    return (value) => (value - (centre - 0.5)) * scale + 127.5;
  },
  "linear-exact":
    ({ centre, width }) =>
    (value) =>
      ((value - centre) / width + 0.5) * 255,
  sigmoid:
    ({ centre, width }) =>
    (value) =>
      255 / (1 + Math.exp((-4 * (value - centre)) / width)),
};

function drawColour(description: PixelDescription, samples: ReadableSamples, data: Uint8ClampedArray): void {
  const { samplesPerPixel, bitsStored } = description;
  const scale = 255 / (2 ** bitsStored - 1);
  const isYbr = isLuminance(description);
  for (let pixel = 0; 4 * pixel < data.length; pixel++) {
    const at = pixel * samplesPerPixel;
    const [a, b, c] = [Number(samples[at]) * scale, Number(samples[at + 1]) * scale, Number(samples[at + 2]) * scale];
    data.set(isYbr ? rgbOf(a, b, c) : [a, b, c], 4 * pixel);
  }
}

// Decoders of lossy JPEG give RGB; all others leave the colours as they are written.
function isLuminance({ transferSyntaxUid, photometricInterpretation, samplesPerPixel }: PixelDescription): boolean {
  const isDecodedToRgb = /^1\.2\.840\.10008\.1\.2\.4\.5[01]$/.test(transferSyntaxUid);
  return samplesPerPixel === 3 && !isDecodedToRgb && /^YBR_(?:FULL|PARTIAL)/.test(photometricInterpretation);
}

function rgbOf(y: number, cb: number, cr: number): readonly [number, number, number] {
  return [y + 1.402 * (cr - 128), y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128), y + 1.772 * (cb - 128)];
}

function drawPalette(
  { first, colours }: NonNullable<PictureAttributes["palette"]>,
  samples: ReadableSamples,
  data: Uint8ClampedArray,
): void {
  const last = colours.length / 3 - 1;
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const entry = Math.min(last, Math.max(0, Number(samples[pixel]) - first));
    data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * pixel);
  }
}
