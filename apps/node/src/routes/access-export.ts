// Reads as files: CSV for spreadsheets (RFC 4180) and a list in JSON. Both are written as they are read.
import { Readable } from "node:stream";
import type { Access } from "@fiducial/api";

const columns = [
  "index",
  "at",
  "recordedAt",
  "study",
  "modalities",
  "what",
  "action",
  "readerType",
  "reader",
  "readerName",
  "roles",
  "purpose",
  "purposeBasis",
  "outcome",
  "studies",
  "series",
  "instances",
  "findings",
] as const satisfies readonly (keyof Access)[];

/** Reads as CSV: a line of names first, CRLF after each line, several values of a cell with spaces between. */
export function csvOf(accesses: AsyncIterable<Access>): Readable {
  return Readable.from(csvLines(accesses));
}

/** Reads as a JSON list. */
export function jsonListOf(accesses: AsyncIterable<Access>): Readable {
  return Readable.from(jsonParts(accesses));
}

async function* csvLines(accesses: AsyncIterable<Access>): AsyncGenerator<string> {
  yield line(columns);
  for await (const access of accesses) yield line(columns.map((column) => [access[column] ?? ""].flat().join(" ")));
}

async function* jsonParts(accesses: AsyncIterable<Access>): AsyncGenerator<string> {
  let before = "[\n";
  for await (const access of accesses) {
    yield before + JSON.stringify(access);
    before = ",\n";
  }
  yield before === ",\n" ? "\n]\n" : "[]\n";
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** A cell: what a spreadsheet would take for a formula begins with an apostrophe, and is shown as it is. */
export function cell(text: string): string {
  const plain = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
