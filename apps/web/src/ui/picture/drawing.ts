// From samples to what a screen shows: rescaled, windowed, coloured. DICOM PS3.3 § C.11.2.1.2 (linear).
import type { Frame, Picture } from "./picture.ts";
import type { Window } from "./picture-attributes.ts";

/** The window that is used when none is chosen: the header's own, else all values of the frame. */
export function usualWindow({ window, slope, intercept }: Picture, { least, greatest }: Frame): Window {
  if (window !== undefined) return window;
  const [low, high] = [least * slope + intercept, greatest * slope + intercept].sort((a, b) => a - b) as [
    number,
    number,
  ];
  return { centre: (low + high) / 2, width: Math.max(1, high - low + 1) };
}

/** Draws a frame, pixel for pixel, into RGBA. Colour pictures have no window. */
export function drawFrame(picture: Picture, frame: Frame, window: Window): ImageData {
  const pixels = new ImageData(picture.columns, picture.rows);
  if (picture.palette !== undefined) drawPalette(picture.palette, frame, pixels);
  else if (picture.samplesPerPixel >= 3) drawColour(picture, frame, pixels);
  else drawGrey(picture, frame, window, pixels);
  return pixels;
}

/** What differs between two frames of one size, red on the dimmed first one, and how many pixels that are. */
export function drawDifference(
  picture: Picture,
  [first, second]: readonly [Frame, Frame],
  window: Window,
): { readonly pixels: ImageData; readonly differing: number } {
  const pixels = drawFrame(picture, first, window);
  const { data } = pixels;
  const step = picture.samplesPerPixel;
  let differing = 0;
  for (let pixel = 0; pixel < picture.rows * picture.columns; pixel++) {
    let differs = false;
    for (let sample = pixel * step; sample < (pixel + 1) * step; sample++) {
      differs ||= first.samples[sample] !== second.samples[sample];
    }
    if (differs) differing += 1;
    const at = 4 * pixel;
    if (differs) data.set([255, 120, 105], at);
    else for (let channel = at; channel < at + 3; channel++) data[channel] = (data[channel] as number) * 0.32;
  }
  return { pixels, differing };
}

function drawGrey(picture: Picture, { samples }: Frame, { centre, width }: Window, { data }: ImageData): void {
  const { slope, intercept, inverted } = picture;
  const scale = 255 / Math.max(1, width - 1);
  const middle = centre - 0.5;
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const value = (Number(samples[pixel]) * slope + intercept - middle) * scale + 127.5;
    // The array clamps and rounds.
    const grey = inverted ? 255 - value : value;
    const at = 4 * pixel;
    data[at] = grey;
    data[at + 1] = grey;
    data[at + 2] = grey;
    data[at + 3] = 255;
  }
}

function drawColour({ samplesPerPixel, ybr }: Picture, { samples, greatest }: Frame, { data }: ImageData): void {
  const scale = greatest > 255 ? 255 / 65_535 : 1;
  for (let pixel = 0; 4 * pixel < data.length; pixel++) {
    const at = pixel * samplesPerPixel;
    const [a, b, c] = [Number(samples[at]) * scale, Number(samples[at + 1]) * scale, Number(samples[at + 2]) * scale];
    data.set(ybr ? rgbOf(a, b, c) : [a, b, c], 4 * pixel);
    data[4 * pixel + 3] = 255;
  }
}

// PS3.3 § C.7.6.3.1.2, YBR_FULL.
function rgbOf(y: number, cb: number, cr: number): readonly [number, number, number] {
  return [y + 1.402 * (cr - 128), y - 0.344136 * (cb - 128) - 0.714136 * (cr - 128), y + 1.772 * (cb - 128)];
}

function drawPalette(
  { first, colours }: NonNullable<Picture["palette"]>,
  { samples }: Frame,
  { data }: ImageData,
): void {
  const last = colours.length / 3 - 1;
  for (let pixel = 0; pixel < samples.length; pixel++) {
    const entry = Math.min(last, Math.max(0, Number(samples[pixel]) - first));
    data.set(colours.subarray(3 * entry, 3 * entry + 3), 4 * pixel);
    data[4 * pixel + 3] = 255;
  }
}
