// A picture that stands still, with what it is below: two or three side by side make a comparison.
import { type ReactNode, useEffect, useRef } from "react";
import "./still.css";

/** The picture. One that shows where others differ is marked. */
export function Still({
  pixels,
  title,
  says,
  differs = false,
}: {
  readonly pixels: ImageData;
  readonly title: string;
  readonly says: string;
  readonly differs?: boolean;
}): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    canvas.current?.getContext("2d")?.putImageData(pixels, 0, 0);
  }, [pixels]);
  return (
    <figure>
      <canvas ref={canvas} width={pixels.width} height={pixels.height} role="img" aria-label={title} />
      <figcaption>
        <b className={differs ? "tone tone-fails" : ""}>{title}</b>
        <span className="third">{says}</span>
      </figcaption>
    </figure>
  );
}
