// Where a slice is shown: on black, with what it is in the corners. Dragging does what the tool says; the wheel turns slices, with Ctrl it zooms.
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { drawFrame } from "../../ui/picture/drawing.ts";
import type { Frame, Picture } from "../../ui/picture/picture.ts";
import type { Window } from "../../ui/picture/picture-attributes.ts";
import { type Lie, type Measurement, type Point, pointAt } from "./measurement.ts";
import { MeasurementLayer } from "./measurement-layer.tsx";
import type { Measurements } from "./use-measurements.ts";
import "./stage.css";

export type Tool = "window" | "scroll" | "zoom" | "pan" | "measure";

/** How a picture lies on the stage: 1 fits it; the shift is in pixels of the screen. */
export interface Placement {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

interface StageProps {
  readonly picture: Picture;
  readonly frame: Frame;
  readonly window: Window;
  readonly placement: Placement;
  readonly tool: Tool;
  readonly label: string;
  readonly lines: Measurements;
  setWindow(window: Window): void;
  setPlacement(placement: Placement): void;
  turn(slices: number): void;
}

/** The stage. Everything that dragging does can be done by keys and buttons, too. */
export function PictureStage(props: StageProps): ReactNode {
  const { picture, frame, window, placement, label, lines } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(canvas);
  const scale = fitted(picture, size) * placement.zoom;
  const lie = lieOf(picture, size, placement, scale);
  useEffect(() => {
    const target = canvas.current;
    if (target === null || size.width === 0) return;
    const density = devicePixelRatio;
    target.width = Math.round(size.width * density);
    target.height = Math.round(size.height * density);
    paint(target, picture, drawFrame(picture, frame, window), placement, scale * density);
  }, [picture, frame, window, placement, size, scale]);
  useWheel(canvas, props);
  return (
    <div className="stage">
      <canvas
        ref={canvas}
        role="img"
        aria-label={label}
        className={`tool-${props.tool}`}
        {...useDrag(props, size, lie)}
      />
      <MeasurementLayer
        picture={picture}
        lie={lie}
        measurements={lines.all}
        change={lines.change}
        remove={lines.remove}
      />
      <Directions picture={picture} />
      <ScaleBar picture={picture} scale={scale} />
    </div>
  );
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function useSize(canvas: { readonly current: HTMLCanvasElement | null }): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 });
  useEffect(() => {
    const parent = canvas.current?.parentElement;
    if (!parent) return;
    const observer = new ResizeObserver(() => setSize({ width: parent.clientWidth, height: parent.clientHeight }));
    observer.observe(parent);
    return () => observer.disconnect();
  }, [canvas]);
  return size;
}

// Pixels need not be square: the height of one counts in widths.
function aspectOf({ spacing }: Picture): number {
  return spacing === undefined ? 1 : spacing[0] / spacing[1];
}

function fitted(picture: Picture, { width, height }: Size): number {
  return Math.min(width / picture.columns, height / (picture.rows * aspectOf(picture)));
}

function lieOf(picture: Picture, { width, height }: Size, { x, y }: Placement, scale: number): Lie {
  const pixelHeight = scale * aspectOf(picture);
  return {
    left: (width - picture.columns * scale) / 2 + x,
    top: (height - picture.rows * pixelHeight) / 2 + y,
    width: scale,
    height: pixelHeight,
  };
}

function paint(
  canvas: HTMLCanvasElement,
  picture: Picture,
  pixels: ImageData,
  { x, y }: Placement,
  scale: number,
): void {
  const source = new OffscreenCanvas(pixels.width, pixels.height);
  source.getContext("2d")?.putImageData(pixels, 0, 0);
  const context = canvas.getContext("2d");
  if (context === null) return;
  const [width, height] = [picture.columns * scale, picture.rows * aspectOf(picture) * scale];
  const left = (canvas.width - width) / 2 + x * devicePixelRatio;
  const top = (canvas.height - height) / 2 + y * devicePixelRatio;
  context.fillStyle = "#000";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = scale < 4;
  context.imageSmoothingQuality = "high";
  context.drawImage(source, left, top, width, height);
}

function useDrag(
  { picture, tool, window, placement, lines, setWindow, setPlacement, turn }: StageProps,
  size: Size,
  lie: Lie,
) {
  const drawn = useRef<Measurement>(undefined);
  const pointUnder = (event: PointerEvent): Point => {
    const stage = event.currentTarget.getBoundingClientRect();
    return pointAt(picture, lie, event.clientX - stage.left, event.clientY - stage.top);
  };
  const start = useRef<{ x: number; y: number; window: Window; placement: Placement; turned: number }>(undefined);
  const move = (event: PointerEvent): void => {
    const from = start.current;
    if (from === undefined) return;
    const [x, y] = [event.clientX - from.x, event.clientY - from.y];
    if (tool === "pan") setPlacement({ ...from.placement, x: from.placement.x + x, y: from.placement.y + y });
    if (tool === "zoom") setPlacement({ ...from.placement, zoom: bounded(from.placement.zoom * 1.008 ** -y) });
    if (drawn.current !== undefined) {
      drawn.current = { ...drawn.current, to: pointUnder(event) };
      lines.change(drawn.current);
    }
    if (tool === "window") {
      const pace = Math.max(1, from.window.width / 256);
      const width = Math.max(1, Math.round(from.window.width + x * pace));
      setWindow({ centre: Math.round(from.window.centre + y * pace), width });
    }
    if (tool === "scroll") {
      const turned = Math.trunc(y / Math.max(6, size.height / 80));
      if (turned !== from.turned) turn(turned - from.turned);
      from.turned = turned;
    }
  };
  return {
    onPointerDown: (event: PointerEvent): void => {
      event.currentTarget.setPointerCapture(event.pointerId);
      if (tool === "measure") drawn.current = lines.begin(pointUnder(event));
      start.current = { x: event.clientX, y: event.clientY, window, placement, turned: 0 };
    },
    onPointerMove: move,
    onPointerUp: (): void => {
      start.current = undefined;
      const line = drawn.current;
      drawn.current = undefined;
      // A click is no line.
      if (line !== undefined && Math.hypot(line.to.column - line.from.column, line.to.row - line.from.row) < 1)
        lines.remove(line.id);
    },
  };
}

// React listens to wheels passively, and a passive listener cannot keep the page from scrolling.
function useWheel(canvas: { readonly current: HTMLCanvasElement | null }, props: StageProps): void {
  const current = useRef(props);
  current.current = props;
  useEffect(() => {
    const target = canvas.current;
    const turned = (event: WheelEvent): void => {
      event.preventDefault();
      const { placement, setPlacement, turn } = current.current;
      if (event.ctrlKey) setPlacement({ ...placement, zoom: bounded(placement.zoom * 1.0015 ** -event.deltaY) });
      else if (event.deltaY !== 0) turn(Math.sign(event.deltaY));
    };
    target?.addEventListener("wheel", turned, { passive: false });
    return () => target?.removeEventListener("wheel", turned);
  }, [canvas]);
}

/** Keeps a zoom between a quarter and sixteen times. */
export function bounded(zoom: number): number {
  return Math.min(16, Math.max(0.25, zoom));
}

function Directions({ picture: { directions } }: { readonly picture: Picture }): ReactNode {
  if (directions === undefined) return undefined;
  return (["left", "right", "top", "bottom"] as const).map((edge) => (
    <span key={edge} className={`stage-mark ${edge}`} aria-hidden>
      {directions[edge]}
    </span>
  ));
}

function ScaleBar({ picture, scale }: { readonly picture: Picture; readonly scale: number }): ReactNode {
  const { formats } = useWording();
  if (picture.spacing === undefined || scale <= 0 || !Number.isFinite(scale)) return undefined;
  const pixelsPerMm = scale / picture.spacing[1];
  const length = [200, 100, 50, 20, 10, 5, 2, 1].find((mm) => mm * pixelsPerMm < 110) ?? 1;
  const width = length * pixelsPerMm;
  const bar = `M.5 1v6M.5 4h${width - 1}M${width - 0.5} 1v6`;
  return (
    <span className="stage-scale" aria-hidden>
      <svg width={width} height="8" overflow="visible" stroke="currentColor" fill="none" aria-hidden="true">
        <path className="halo" strokeLinecap="square" d={bar} />
        <path d={bar} />
      </svg>
      {length >= 10 ? `${formats.count(length / 10)} cm` : `${length} mm`}
    </span>
  );
}
