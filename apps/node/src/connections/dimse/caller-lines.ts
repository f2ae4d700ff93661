// Lines of the board for those who call: one for each AE title that was allowed, a few for those who were not.
import { createHash } from "node:crypto";
import type { ConnectionBoard, ConnectionLine } from "../connection-board.ts";
import type { DimseSettings } from "./dimse-options.ts";

/** Finds lines. */
export interface CallerLines {
  /** The id of a caller's line, and the line. */
  of(aeTitle: string): CallerLine;
  /** The line of those of whom no AE title is known. */
  readonly unknown: CallerLine;
}

/** A line and the id by which the inbox is told of it. */
export interface CallerLine {
  readonly id: string;
  readonly line: ConnectionLine;
}

/** Titles that nobody configured and that still get lines of their own: whoever calls names itself as it likes. */
const mostOthers = 200;

/** Puts the configured callers on the board; others come when they call, and share one line when they are many. */
export function callerLines(
  board: Pick<ConnectionBoard, "line">,
  { callers = [] }: Pick<DimseSettings, "callers">,
): CallerLines {
  const lines = new Map<string, CallerLine>();
  const put = (id: string, name: string, configured = false): CallerLine => ({
    id,
    line: board.line({ id, type: "dimse", name, configured }),
  });
  for (const { aeTitle } of callers) lines.set(aeTitle, put(callerLineId(aeTitle), aeTitle, true));
  const room = lines.size + mostOthers;
  let shared: CallerLine | undefined;
  let nameless: CallerLine | undefined;
  return {
    of: (aeTitle) => {
      const known = lines.get(aeTitle);
      if (known !== undefined) return known;
      if (lines.size >= room) {
        shared ??= put("dimse:-others", "DICOM: other callers");
        return shared;
      }
      const made = put(callerLineId(aeTitle), aeTitle);
      lines.set(aeTitle, made);
      return made;
    },
    // Only when there is one: a quiet board says that all is well.
    get unknown() {
      nameless ??= put("dimse:-unknown", "DICOM: callers without a name");
      return nameless;
    },
  };
}

/** The id of an AE title's line. Titles are told apart by case and by characters that an id has not. */
export function callerLineId(aeTitle: string): string {
  const plain = aeTitle.toLowerCase().replaceAll(/[^a-z0-9._-]/g, "-");
  if (plain.toUpperCase() === aeTitle && !plain.startsWith("-")) return `dimse:${plain}`;
  return `dimse:${plain}:${createHash("sha256").update(aeTitle).digest("hex").slice(0, 8)}`;
}
