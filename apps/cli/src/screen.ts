// What a command writes: answers to standard output, progress and complaints to standard error. A reader that leaves early (`| head`) ends nothing.
import { stripVTControlCharacters, styleText } from "node:util";

/** How a text is set off. */
export type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

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
  /** Writes the answer's own bytes, whatever the options. */
  raw(text: string): void;
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
  let shown = false;

  function clear(): void {
    if (shown) process.stderr.write("\r\u001b[K");
    shown = false;
  }

  function write(stream: NodeJS.WriteStream, text: string): void {
    clear();
    if (stream.writable) stream.write(text);
  }

  return {
    json,
    quiet,
    watched,
    terminal: process.stdout.isTTY === true,
    // A terminal that does not know its width says 0.
    columns: process.stderr.columns || 80,
    say: (line) => {
      if (!json && !quiet) write(process.stdout, `${line}\n`);
    },
    data: (value) => {
      if (json) write(process.stdout, `${JSON.stringify(value)}\n`);
    },
    raw: (text) => write(process.stdout, text),
    complain: (line) => {
      // Lines are styled for standard output; the two may lead to different places.
      const styled = process.stderr.isTTY === true;
      if (!json) write(process.stderr, `${styled ? line : stripVTControlCharacters(line)}\n`);
    },
    progress: (line) => {
      clear();
      if (!watched || line === undefined) return;
      process.stderr.write(line);
      shown = true;
    },
    style: (style, text) => (color ? styleText(style, text, { stream: process.stdout }) : text),
  };
}

/** Lets a reader of standard output or error leave early without ado. Anything else that breaks a stream is thrown. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
