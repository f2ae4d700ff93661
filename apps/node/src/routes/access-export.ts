// Reads as files: CSV for spreadsheets (RFC 4180) and a list in JSON. Both are written as they are read.
import { Readable } from "node:stream";
import { type Access, type AccessFilter, accessesFileName } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import type { FastifyReply } from "fastify";
import type { OpenNode } from "../compose.ts";
import { allAccesses, listReads } from "./access.ts";

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

const mediaTypes = { csv: "text/csv; charset=utf-8", json: "application/json" } as const;

/** Reads as a file: a JSON list; or CSV, a line of names first, CRLF after each line, several values of a cell with spaces between. */
export async function savedAccesses(
  node: OpenNode,
  reply: FastifyReply,
  format: "csv" | "json",
  filter: AccessFilter,
  named: "named" | "by role" = "by role",
): Promise<Readable> {
  const day = formatUtcTime(Date.now()).slice(0, 10);
  reply
    .type(mediaTypes[format])
    .header("content-disposition", `attachment; filename="${accessesFileName(format, filter, day)}"`);
  if (filter.study !== undefined) reply.header("fiducial-list-reads", String(await listReads(node, filter)));
  const accesses = allAccesses(node, filter, named);
  return Readable.from(format === "csv" ? csvLines(accesses) : jsonParts(accesses));
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
