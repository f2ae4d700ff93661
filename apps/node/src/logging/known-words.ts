// The closed sets that a line of the log may draw from: codes of the tables, kinds of the contract, files of our own sources.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { apiProblems } from "@fiducial/api";
import { codeTables, contracts } from "@fiducial/contract";
import { coreErrors } from "@fiducial/core";
import { dicomErrors } from "@fiducial/dicom";
import { ledgerErrors } from "@fiducial/ledger";
import { vaultErrors } from "@fiducial/vault";
import { configurationProblems } from "../configuration/problems.ts";
import { nodeErrors } from "../node-error.ts";

const tables: readonly object[] = [
  apiProblems,
  nodeErrors,
  ledgerErrors,
  vaultErrors,
  coreErrors,
  dicomErrors,
  configurationProblems,
  ...Object.values(codeTables).flatMap(({ refusals, findings }) => [refusals, findings]),
];
/** Codes that no table has: what a witness, a connection or the operating system answers. */
const others = [
  "UNREACHABLE",
  "REFUSED",
  "AHEAD_OF_US",
  "BAD_COSIGNATURE",
  "OWN_FAULT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ETIMEDOUT",
  "EPIPE",
  "ENOTFOUND",
  "ENOSPC",
  "EACCES",
  "ENOENT",
];
const codes: ReadonlySet<string> = new Set([...tables.flatMap((table) => Object.keys(table)), ...others]);

/** Tells whether a text is a code of a table. */
export function isKnownCode(text: string): boolean {
  return codes.has(text);
}

const kinds: ReadonlySet<string> = new Set(contracts.flatMap(({ kinds: rows }) => [...rows].map(({ name }) => name)));

/** Tells whether a text is the name of a kind. Whoever submits a statement may name what there is not. */
export function isKnownKind(text: string): boolean {
  return kinds.has(text);
}

let sources: ReadonlySet<string> | undefined;

/** Returns where in our own sources an error was thrown, `registrar.ts:88`, or undefined: never anything of its message. */
export function placeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || thrown.stack === undefined) return undefined;
  // What stands before the frames is whatever the message says, lines that look like frames too.
  const head = thrown.stack.indexOf(thrown.message);
  const frames =
    thrown.message === "" ? thrown.stack : head < 0 ? "" : thrown.stack.slice(head + thrown.message.length);
  sources ??= new Set(
    readdirSync(join(import.meta.dirname, ".."), { recursive: true, encoding: "utf8" }).map(
      (path) => path.split(/[\\/]/).at(-1) ?? "",
    ),
  );
  // Constructors of errors come first, and tell nothing.
  for (const [, file = "", line = ""] of frames.matchAll(
    /^ {4}at (?!new ).*?[\\/]([a-z0-9.-]+\.(?:ts|js)):(\d{1,6}):\d{1,6}\)?$/gm,
  ))
    if (sources.has(file)) return `${file}:${line}`;
  return undefined;
}
