// The tools of the viewer: what dragging does, measuring, and the window.
import {
  IconArrowsVertical,
  IconBrightnessHalf,
  IconHandMove,
  IconLine,
  IconRulerMeasure,
  IconTrash,
  IconZoomIn,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useWording } from "../../i18n/language.tsx";
import type { Picture } from "../../ui/picture/picture.ts";
import type { Window } from "../../ui/picture/picture-attributes.ts";
import type { Tool } from "./picture-stage.tsx";
import type { Measurements } from "./use-measurements.ts";
import { type CtWindow, ctWindows } from "./windows.ts";

const toolIcons = {
  window: IconBrightnessHalf,
  scroll: IconArrowsVertical,
  zoom: IconZoomIn,
  pan: IconHandMove,
  measure: IconRulerMeasure,
};

/** What dragging on the image does. */
export function ToolChoice({
  tool,
  choose,
}: {
  readonly tool: Tool;
  readonly choose: (tool: Tool) => void;
}): ReactNode {
  const { t } = useWording();
  return (Object.keys(toolIcons) as Tool[]).map((name) => {
    const Mark = toolIcons[name];
    return (
      <button key={name} type="button" className="tool" aria-pressed={name === tool} onClick={() => choose(name)}>
        <Mark size={16} aria-hidden />
        {t.imaging.viewer.tools[name]}
      </button>
    );
  });
}

/** The window: the file's own, one for a kind of tissue, or the one that was set by dragging. */
export function WindowChoice({
  modality,
  chosen,
  choose,
}: {
  readonly modality: string;
  readonly chosen: Window | undefined;
  readonly choose: (window: Window | undefined) => void;
}): ReactNode {
  const { t } = useWording();
  const { windows } = t.imaging.viewer;
  const presets = modality === "CT" ? (Object.keys(ctWindows) as CtWindow[]) : [];
  const preset = presets.find(
    (name) => ctWindows[name].centre === chosen?.centre && ctWindows[name].width === chosen.width,
  );
  return (
    <select
      className="tool to-end"
      aria-label={windows.label}
      value={chosen === undefined ? "own" : (preset ?? "chosen")}
      onChange={({ target }) => choose(ctWindows[target.value as CtWindow])}
    >
      <option value="own">{windows.own}</option>
      {presets.map((name) => (
        <option key={name} value={name}>
          {windows[name]}
        </option>
      ))}
      {chosen !== undefined && preset === undefined && <option value="chosen">{windows.chosen}</option>}
    </select>
  );
}

/** What the measuring tool can do by itself. */
export function MeasureTools({
  lines,
  picture,
}: {
  readonly lines: Measurements;
  readonly picture: Picture;
}): ReactNode {
  const { t } = useWording();
  const { measure } = t.imaging.viewer;
  return (
    <>
      <button type="button" className="tool" title={measure.says} onClick={() => lines.add(picture)}>
        <IconLine size={16} aria-hidden />
        {measure.add}
      </button>
      {lines.all.length > 0 && (
        <button type="button" className="tool" onClick={lines.clear}>
          <IconTrash size={16} aria-hidden />
          {measure.clear}
        </button>
      )}
    </>
  );
}
