// Lines over a slice, with their lengths. Each end can be dragged, or moved by the arrow keys; Delete takes the line away.
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { decimalText } from "../../i18n/formats.ts";
import { useWording } from "../../i18n/language.tsx";
import type { Picture } from "../../ui/picture/picture.ts";
import { type Lie, lengthOf, type Measurement, type Point, placeOf, pointAt, within } from "./measurement.ts";
import "./measurements.css";

interface LayerProps {
  readonly picture: Picture;
  readonly lie: Lie;
  readonly measurements: readonly Measurement[];
  change(measurement: Measurement): void;
  remove(id: number): void;
}

/** The lines. */
export function MeasurementLayer(props: LayerProps): ReactNode {
  return (
    <svg className="measurements" aria-hidden={props.measurements.length === 0}>
      <title>{useWording().t.imaging.viewer.measure.layer}</title>
      {props.measurements.map((measurement, at) => (
        <Line key={measurement.id} {...props} measurement={measurement} number={at + 1} />
      ))}
    </svg>
  );
}

function Line({
  measurement,
  number,
  ...props
}: LayerProps & { readonly measurement: Measurement; readonly number: number }): ReactNode {
  const { t, formats } = useWording();
  const { measure } = t.imaging.viewer;
  const { picture, lie } = props;
  const [[x1, y1], [x2, y2]] = [placeOf(lie, measurement.from), placeOf(lie, measurement.to)];
  const { length, unit, atDetector } = lengthOf(picture, measurement);
  const text = measure.length(decimalText(length, 1, formats.language), unit, atDetector);
  return (
    <g>
      <line x1={x1} y1={y1} x2={x2} y2={y2} />
      <text x={(x1 + x2) / 2 + 8} y={(y1 + y2) / 2 - 6} aria-hidden>
        {text}
      </text>
      {(["from", "to"] as const).map((end) => (
        <End
          key={end}
          {...props}
          point={measurement[end]}
          label={measure.end(number, end === "from" ? 1 : 2, text)}
          move={(point) => props.change({ ...measurement, [end]: point })}
          take={() => props.remove(measurement.id)}
        />
      ))}
    </g>
  );
}

const steps: Readonly<Record<string, readonly [column: number, row: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function End({
  picture,
  lie,
  point,
  label,
  move,
  take,
}: {
  readonly picture: Picture;
  readonly lie: Lie;
  readonly point: Point;
  readonly label: string;
  readonly move: (point: Point) => void;
  readonly take: () => void;
}): ReactNode {
  const held = useRef(false);
  const [x, y] = placeOf(lie, point);
  const pressed = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    if (step === undefined && event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    // The arrows turn slices elsewhere.
    event.stopPropagation();
    const pace = event.shiftKey ? 10 : 1;
    if (step === undefined) take();
    else move(within(picture, { column: point.column + step[0] * pace, row: point.row + step[1] * pace }));
  };
  const dragged = (event: PointerEvent<SVGCircleElement>): void => {
    const stage = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (held.current && stage !== undefined)
      move(pointAt(picture, lie, event.clientX - stage.left, event.clientY - stage.top));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: there is no HTML element in a drawing.
    <circle
      cx={x}
      cy={y}
      r={6}
      role="button"
      tabIndex={0}
      aria-label={label}
      onKeyDown={pressed}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = true;
      }}
      onPointerMove={dragged}
      onPointerUp={() => {
        held.current = false;
      }}
    />
  );
}
