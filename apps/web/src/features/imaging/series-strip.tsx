// The series of a study, each with a small picture of its middle.
import type { StudySeries } from "@fiducial/api";
import { IconFileText } from "@tabler/icons-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import { drawFrame, usualWindow } from "../../ui/picture/drawing.ts";
import { loadObject, slicesOf } from "./slices.ts";

/** The strip. */
export function SeriesStrip({
  study,
  series,
  chosen,
  choose,
}: {
  readonly study: string;
  readonly series: readonly StudySeries[];
  readonly chosen: number;
  readonly choose: (series: number) => void;
}): ReactNode {
  const { t } = useWording();
  return (
    <div className="strip" role="toolbar" aria-label={t.imaging.viewer.series}>
      {series.map((one) => {
        const name = one.description ?? t.words.modality(one.modality);
        return (
          <button
            key={one.series}
            type="button"
            className="thumb"
            aria-pressed={one.series === chosen}
            onClick={() => choose(one.series)}
          >
            <Thumbnail study={study} series={one} />
            <span className="thumb-number">
              <span className="unseen">{t.imaging.viewer.series} </span>
              {one.series}
            </span>
            <span className="thumb-name">{name}</span>
          </button>
        );
      })}
    </div>
  );
}

function Thumbnail({ study, series }: { readonly study: string; readonly series: StudySeries }): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [bare, setBare] = useState(false);
  useEffect(() => {
    let current = true;
    const slices = slicesOf(series);
    const middle = slices[Math.floor(slices.length / 2)];
    if (middle === undefined || middle.object.frames === 0) return setBare(true);
    loadObject(study, middle.object)
      .then(async ({ picture }) => {
        const frame = await picture?.frame(middle.frame);
        if (!current || canvas.current === null || picture === undefined || frame === undefined) return;
        canvas.current.width = picture.columns;
        canvas.current.height = picture.rows;
        const pixels = drawFrame(picture, frame, usualWindow(picture, frame));
        canvas.current.getContext("2d")?.putImageData(pixels, 0, 0);
      })
      .catch(() => current && setBare(true));
    return () => {
      current = false;
    };
  }, [study, series]);
  if (bare) {
    return (
      <span className="thumb-picture">
        <IconFileText size={20} aria-hidden />
      </span>
    );
  }
  return <canvas ref={canvas} className="thumb-picture" aria-hidden />;
}
