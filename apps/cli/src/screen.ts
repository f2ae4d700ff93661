// What a command writes: answers to standard output, progress and complaints to standard error. A reader that leaves early (`| head`) ends nothing.
import { clearLine, type Style, styled, writeData, writeJsonText, writeLine, writePart } from "./terminal.ts";

export type { Style } from "./terminal.ts";

/** Where a command writes. */
export interface Screen {
  readonly json: boolean;
  readonly quiet: boolean;
  /** Whether answers go to a terminal: elsewhere nothing is shortened. */
  readonly terminal: boolean;
  /** Writes a line of an answer for people; nothing with --json or --quiet. */
  say(line: string): void;
  /** Writes a value as one line of JSON; nothing without --json. */
  data(value: unknown): void;
  /** Writes an answer that is JSON text of its own, whatever the options. */
  raw(json: string): void;
  /** Writes a line to standard error for people, --quiet or not; nothing with --json. */
  complain(line: string): void;
  /** Whether somebody watches progress. */
  readonly watched: boolean;
  /** Shows a line of progress in place of the last one; undefined takes it away. */
  progress(line: string | undefined): void;
  /** How many characters a line of progress has room for. */
  readonly columns: number;
  style(style: Style, text: string): string;
}

/** What decides how a screen writes. */
export interface ScreenOptions {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** Makes the screen of this process. */
export function screenOf({ json, quiet, color }: ScreenOptions): Screen {
  const watched = process.stderr.isTTY === true && !quiet;
  let isShown = false;

  function clear(): void {
    if (isShown) clearLine(process.stderr);
    isShown = false;
  }

  return {
    json,
    quiet,
    watched,
    terminal: process.stdout.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: process.stderr.columns || 80,
    say: (line) => {
      if (json || quiet) return;
      clear();
      writeLine(process.stdout, line, color);
    },
    data: (value) => {
      if (!json) return;
      clear();
      writeData(process.stdout, value);
    },
    raw: (text) => {
      clear();
      writeJsonText(process.stdout, text);
    },
    complain: (line) => {
      if (json) return;
      clear();
      writeLine(process.stderr, line, color);
    },
    progress: (line) => {
      clear();
      if (!watched || line === undefined) return;
      writePart(process.stderr, line);
      isShown = true;
    },
    style: styled,
  };
}
