// How a picture is asked for: window, viewport, quality. DICOM PS3.18 § 8.3.5.1.
import type { PictureWindow, Viewport, WindowFunction } from "@fiducial/dicom/rendering";
import type { FastifyRequest } from "fastify";
import { NodeError } from "../../../node-error.ts";

/** What a request says of a picture. */
export interface RenderingQuery {
  readonly window?: PictureWindow;
  readonly viewport?: Viewport;
  readonly quality: number;
}

const usualQuality = 90;
const largestViewport = 8192;
const functions: readonly WindowFunction[] = ["linear", "linear-exact", "sigmoid"];

/** Reads it. Throws REQUEST_INVALID. */
export function renderingQuery({ query }: Pick<FastifyRequest, "query">): RenderingQuery {
  const given = query as Readonly<Record<string, unknown>>;
  const window = textOf(given["window"]);
  const viewport = textOf(given["viewport"]);
  const quality = textOf(given["quality"]);
  return {
    ...(window === undefined ? {} : { window: windowOf(window.split(",")) }),
    ...(viewport === undefined ? {} : { viewport: viewportOf(viewport.split(",")) }),
    quality: quality === undefined ? usualQuality : wholeOf(quality, 1, 100),
  };
}

function windowOf([centre = "", width = "", kind = "linear", ...others]: readonly string[]): PictureWindow {
  const name = functions.find((one) => one === kind.toLowerCase().replace("_", "-"));
  const window = { centre: numberOf(centre), width: numberOf(width) };
  if (name === undefined || others.length > 0 || window.width <= 0) throw new NodeError("REQUEST_INVALID");
  return { ...window, function: name };
}

// A region is left out, or whole: one that is turned around is not offered.
function viewportOf(parts: readonly string[]): Viewport {
  const [width = "", height = "", ...region] = parts;
  const size = { width: wholeOf(width, 1, largestViewport), height: wholeOf(height, 1, largestViewport) };
  if (region.length === 0) return size;
  const [x = 0, y = 0, across = 0, down = 0, ...others] = region.map(numberOf);
  if (region.length < 4 || others.length > 0 || x < 0 || y < 0 || across <= 0 || down <= 0)
    throw new NodeError("REQUEST_INVALID");
  return { ...size, region: { x, y, width: across, height: down } };
}

function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === "string") return value;
  throw new NodeError("REQUEST_INVALID");
}

function numberOf(text: string): number {
  if (!/^-?\d{1,9}(?:\.\d{1,9})?$/.test(text)) throw new NodeError("REQUEST_INVALID");
  return Number(text);
}

function wholeOf(text: string, least: number, most: number): number {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(number >= least && number <= most)) throw new NodeError("REQUEST_INVALID");
  return number;
}
