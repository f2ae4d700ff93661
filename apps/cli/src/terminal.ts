// The one door to standard output and error. What people read passes it, so that no text of others does anything to their terminal.
import { randomUUID } from "node:crypto";
import { inspect, styleText } from "node:util";
import { printable, printableJson } from "./printable.ts";

/** How a text is set off. */
export type Style = "bold" | "dim" | "green" | "yellow" | "red" | "cyan";

/** Where to write. */
export type Stream = NodeJS.WriteStream;

// A mark that nobody outside this process knows says where a style begins and ends: no text of others can contain one.
const secret = randomUUID();
const marks = new RegExp(`${secret}:(\\w+):(\\w+);`, "g");

/** Sets a text off, wherever the line with it is written that can show it. */
export function styled(style: Style, text: string): string {
  return `${mark(style, "begin")}${text}${mark(style, "end")}`;
}

/** Writes a line for people. */
export function writeLine(stream: Stream, line: string, color: boolean): void {
  write(stream, `${shown(stream, line, color)}\n`);
}

/** Writes part of a line for people: a question, or progress. */
export function writePart(stream: Stream, text: string): void {
  write(stream, shown(stream, text, false));
}

/** Takes a part of a line away that was written last. */
export function clearLine(stream: Stream): void {
  write(stream, "\r\u001b[K");
}

/** Writes a value as one line of JSON. */
export function writeData(stream: Stream, value: unknown): void {
  write(stream, `${printableJson(JSON.stringify(value))}\n`);
}

/** Writes JSON of which every byte counts; where people read it, it means the same and has no other characters than they see. */
export function writeJsonText(stream: Stream, json: string): void {
  write(stream, stream.isTTY === true ? printableJson(json) : json);
}

/** Lets a reader of standard output or error leave early without ado. Anything else that breaks a stream is thrown. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}

function write(stream: Stream, text: string): void {
  if (stream.writable) stream.write(text);
}

function shown(stream: Stream, line: string, color: boolean): string {
  const isColored = color && styleText("bold", ".", { stream }) !== ".";
  const parts: string[] = [];
  let from = 0;
  for (const { 0: whole, 1: style, 2: side, index } of line.matchAll(marks)) {
    parts.push(printable(line.slice(from, index)), isColored ? codeOf(style as Style, side === "end") : "");
    from = index + whole.length;
  }
  return [...parts, printable(line.slice(from))].join("");
}

function mark(style: Style, side: "begin" | "end"): string {
  return `${secret}:${style}:${side};`;
}

// ECMA-48 § 8.3.117.
function codeOf(style: Style, isEnd: boolean): string {
  return `\u001b[${inspect.colors[style]?.[isEnd ? 1 : 0]}m`;
}
