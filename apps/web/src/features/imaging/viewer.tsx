// The viewer: black in every theme, window and level, slices, zoom. It is not for primary diagnosis, and always says so.
import { ApiError, type StudyDetail, type StudyObject } from "@fiducial/api";
import { PixelError } from "@fiducial/dicom";
import { IconAlertTriangle, IconMinus, IconPlus, IconZoomReset } from "@tabler/icons-react";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Messages } from "../../i18n/messages.ts";
import { useKeys } from "../../ui/keys.ts";
import { Keys } from "../../ui/parts.tsx";
import { usualWindow } from "../../ui/picture/drawing.ts";
import type { Window } from "../../ui/picture/picture-attributes.ts";
import { bounded, PictureStage, type Placement, type Tool } from "./picture-stage.tsx";
import { SeriesStrip } from "./series-strip.tsx";
import { type ShownSlice, useShownSlice } from "./shown-slice.ts";
import { placeOf, type Slice, slicesOf, type VersionPlace } from "./slices.ts";
import { useMeasurements } from "./use-measurements.ts";
import { MeasureTools, ToolChoice, WindowChoice } from "./viewer-tools.tsx";
import "./viewer.css";

const route = getRouteApi("/studies/$study");
const [nextSliceKey, previousSliceKey] = ["ArrowDown", "ArrowUp"] as const;
const whole: Placement = { zoom: 1, x: 0, y: 0 };

/** The viewer. `onShown` hears which object is shown, once it is loaded. */
export function Viewer({
  study,
  onShown,
}: {
  readonly study: StudyDetail;
  readonly onShown: (shown: ShownSlice) => void;
}): ReactNode {
  const { t, formats } = useWording();
  const place = usePlace(study);
  const { slices, at, window: chosen } = place;
  const shown = useShownSlice(study.study, slices, at);
  const [tool, setTool] = useState<Tool>("window");
  const [placement, setPlacement] = useState(whole);
  const lines = useMeasurements(shown.slice);
  const picture = shown.loaded?.picture;
  const window = picture && shown.frame && (chosen ?? usualWindow(picture, shown.frame));
  const zoom = (factor: number) => setPlacement({ ...placement, zoom: bounded(placement.zoom * factor) });
  useEffect(() => onShown(shown), [shown, onShown]);
  useKeys({
    [nextSliceKey]: () => place.turn(1),
    [previousSliceKey]: () => place.turn(-1),
    w: () => place.setWindow(undefined),
    "+": () => zoom(1.25),
    "-": () => zoom(0.8),
    "0": () => setPlacement(whole),
    u: () => lines.undo(),
  });
  const { viewer } = t.imaging;
  return (
    <section className="viewer" aria-label={viewer.label}>
      <div className="viewer-tools">
        <ToolChoice tool={tool} choose={setTool} />
        {tool === "measure" && picture !== undefined && <MeasureTools lines={lines} picture={picture} />}
        <button type="button" className="tool" onClick={() => zoom(1.25)} aria-label={viewer.zoomIn}>
          <IconPlus size={16} aria-hidden />
        </button>
        <button type="button" className="tool" onClick={() => zoom(0.8)} aria-label={viewer.zoomOut}>
          <IconMinus size={16} aria-hidden />
        </button>
        <button type="button" className="tool" onClick={() => setPlacement(whole)}>
          <IconZoomReset size={16} aria-hidden />
          {viewer.fit}
        </button>
        <WindowChoice modality={place.modality} chosen={chosen} choose={place.setWindow} />
      </div>
      <SeriesStrip study={study.study} series={study.seriesList} chosen={place.series} choose={place.setSeries} />
      <div className="viewer-stage">
        {picture !== undefined && shown.frame !== undefined && window !== undefined ? (
          <PictureStage
            picture={picture}
            frame={shown.frame}
            window={window}
            placement={placement}
            tool={tool}
            label={`${place.name}. ${viewer.slice(String(at + 1), String(slices.length))}`}
            lines={lines}
            setWindow={place.setWindow}
            setPlacement={setPlacement}
            turn={place.turn}
          />
        ) : (
          <NoPicture shown={shown} isEmpty={slices.length === 0} modality={t.words.modality(place.modality)} />
        )}
        {slices.length > 0 && (
          <div className="stage-text start" aria-hidden>
            <b>{place.name}</b>
            <br />
            {viewer.slice(formats.count(at + 1), formats.count(slices.length))}
          </div>
        )}
        {window !== undefined && (
          <div className="stage-text end" aria-hidden>
            {viewer.windowText(plain(window.width), plain(window.centre))}
            <br />
            {viewer.zoomText(placement.zoom.toFixed(1))}
          </div>
        )}
        {slices.length > 1 && (
          <input
            type="range"
            className="slice-slider"
            aria-label={viewer.sliceLabel}
            min={1}
            max={slices.length}
            value={at + 1}
            onChange={(event) => place.turn(Number(event.target.value) - 1 - at)}
          />
        )}
      </div>
      <div className="viewer-foot">
        <span className="row">
          <IconAlertTriangle size={15} aria-hidden />
          {viewer.notForDiagnosis}
        </span>
        <span className="to-end row gap-16 viewer-keys" aria-hidden>
          <span className="row gap-6">
            <Keys of={["↑", "↓"]} /> {viewer.keys.slice}
          </span>
          <span className="row gap-6">
            <Keys of={["W"]} /> {viewer.keys.window}
          </span>
          <span className="row gap-6">
            <Keys of={["R"]} /> {viewer.keys.receipt}
          </span>
        </span>
      </div>
    </section>
  );
}

// Values of samples stand without marks between thousands, with a minus that can be seen.
function plain(value: number): string {
  return String(Math.round(value)).replace("-", "−");
}

interface Place {
  readonly series: number;
  readonly name: string;
  readonly modality: string;
  readonly slices: ReturnType<typeof slicesOf>;
  readonly at: number;
  readonly window: Window | undefined;
  setSeries(series: number): void;
  setWindow(window: Window | undefined): void;
  turn(slices: number): void;
}

// Series, slice and window stand in the address; turning slices does not add to the history.
function usePlace({ study, seriesList }: StudyDetail): Place {
  const { t } = useWording();
  const { statement, item, centre, width, ...numbers } = route.useSearch();
  const named = placeOf(seriesList, statement, item);
  const wanted = named?.series ?? numbers.series ?? 1;
  const navigate = useNavigate();
  const series = seriesList.find((one) => one.series === wanted) ?? seriesList[0];
  const slices = useMemo(
    () => (series === undefined ? [] : slicesOf(series, placeIn(statement, item))),
    [series, statement, item],
  );
  const slice = sliceIn(slices, named?.slice, numbers.slice);
  const at = Math.min(slices.length, slice === 0 ? Math.ceil((slices.length + 1) / 2) : slice) - 1;
  const object = slices[Math.max(0, at)]?.object;
  // The address names an object as long as it is the one shown.
  const go = useCallback(
    (change: Readonly<Record<string, number | undefined>>, next: StudyObject | undefined) =>
      void navigate({
        to: "/studies/$study",
        params: { study },
        search: ({ statement: before, item: place, ...others }) => ({
          ...others,
          ...change,
          ...(before !== undefined && place !== undefined && next === object && { statement: before, item: place }),
        }),
        replace: true,
        resetScroll: false,
      }),
    [navigate, study, object],
  );
  const shownSeries = series?.series ?? 1;
  const turned = (by: number) => Math.min(slices.length, Math.max(1, at + 1 + by));
  return {
    series: shownSeries,
    name: series?.description ?? t.words.modality(series?.modality ?? ""),
    modality: series?.modality ?? "",
    slices,
    at: Math.max(0, at),
    window: centre !== undefined && width !== undefined ? { centre, width } : undefined,
    setSeries: (next) => go({ series: next, slice: undefined, centre: undefined, width: undefined }, undefined),
    setWindow: (next) =>
      go({ series: shownSeries, slice: Math.max(1, at + 1), centre: next?.centre, width: next?.width }, object),
    turn: (by) => go({ series: shownSeries, slice: turned(by) }, slices[turned(by) - 1]?.object),
  };
}

function placeIn(statementId: string | undefined, item: number | undefined): VersionPlace | undefined {
  return statementId === undefined || item === undefined ? undefined : { statementId, item };
}

// Where an object is named, the slice counts among its own frames only.
function sliceIn(slices: readonly Slice[], named: number | undefined, slice: number | undefined): number {
  if (named === undefined) return slice ?? 0;
  return slice !== undefined && slices[slice - 1]?.object === slices[named - 1]?.object ? slice : named;
}

function NoPicture({
  shown,
  isEmpty,
  modality,
}: {
  readonly shown: ShownSlice;
  /** Whether the study has no object any more. */
  readonly isEmpty: boolean;
  readonly modality: string;
}): ReactNode {
  const { t } = useWording();
  const { viewer } = t.imaging;
  if (isEmpty) return <p className="stage-note">{viewer.nothing}</p>;
  if (shown.error instanceof ApiError && shown.error.code.startsWith("PACS_")) {
    const [title, says] = pacsWords(shown.error.code, viewer.pacs);
    return (
      <p className="stage-note" role="status">
        <b>{title}</b>
        <br />
        {says}
      </p>
    );
  }
  if (shown.error !== undefined) {
    const noCodec = shown.error instanceof PixelError && shown.error.code === "NO_CODEC";
    return <p className="stage-note">{noCodec ? viewer.noCodec : viewer.unreadable}</p>;
  }
  if (shown.loading) return <p className="stage-note">{viewer.loading}</p>;
  return (
    <p className="stage-note">
      <b>{viewer.noPicture}</b>
      <br />
      {viewer.noPictureSays(modality)}
    </p>
  );
}

function pacsWords(code: string, words: Messages["imaging"]["viewer"]["pacs"]): readonly [string, string] {
  if (code === "PACS_UNREACHABLE") return [words.down, words.downSays];
  if (code === "PACS_COPY_MISSING") return [words.missing, words.missingSays];
  if (code.startsWith("PACS_COPY_")) return [words.changed, words.changedSays];
  return [words.failed, words.failedSays];
}
