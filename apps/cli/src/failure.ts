// The one place that turns what was thrown into a line on standard error and an exit status.
import type { Problem } from "@fiducial/api";
import { CliError } from "./cli-error.ts";
import { writeData, writeLine } from "./terminal.ts";

/** What a failure says: one sentence, one code, no stack, no patient data. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly exit: 1 | 2;
}

/** The error classes of the house: their sentences are made for people and name no patient. */
const typed: ReadonlySet<string> = new Set([
  "CliError",
  "NodeError",
  "LedgerError",
  "VaultError",
  "CoreError",
  "ContractError",
  "DicomError",
  "ApiError",
]);

/** What the client says when no node said it: such an error brings its code alone. */
const unsaid: Readonly<Record<string, string>> = {
  UNREACHABLE: "The node does not answer. Check its address, and that it is running.",
  ANSWER_MALFORMED: "What answers at this address is no Fiducial node, or one of another version.",
};

/** Returns the house's code of an error, or undefined when it is none of the house's. */
export function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !typed.has(thrown.name)) return undefined;
  const { code } = thrown as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

/** Says what was thrown; what is none of the house's errors says nothing but that. */
function failureOf(thrown: unknown): Failure {
  const code = codeOf(thrown);
  if (code === undefined) {
    const full = ["ENOSPC", "EDQUOT"].includes(String((thrown as { code?: unknown } | undefined)?.code));
    return failureOf(new CliError(full ? "DISK_FULL" : "INTERNAL", {}, thrown));
  }
  const { message, data } = thrown as Error & { data?: Readonly<Record<string, unknown>> };
  const exit = thrown instanceof CliError ? thrown.exit : 1;
  // A refusal of the contract comes wrapped; its own code tells more than the wrapper's.
  const inner = code === "REGISTRATION_REFUSED" && typeof data?.["code"] === "string" ? ` ${data["code"]}.` : "";
  const said = thrown instanceof CliError ? message : (unsaid[code] ?? message);
  return { code, message: said + inner + faultsIn(thrown), exit };
}

// What of a request does not fit, where a node said it.
function faultsIn(thrown: unknown): string {
  const { problem } = thrown as { readonly problem?: Problem };
  return (problem?.errors ?? []).map(({ field, says }) => ` ${field === "" ? "The body" : field}: ${says}`).join("");
}

/** Writes a failure to standard error, with `json` also as JSON, with FIDUCIAL_DEBUG=1 also the stack. Returns the exit status. */
export function reportFailure(thrown: unknown, json: boolean): 1 | 2 {
  const { code, message, exit } = failureOf(thrown);
  writeLine(process.stderr, `fiducial: ${message} (${code})`, false);
  if (process.env["FIDUCIAL_DEBUG"] === "1" && thrown instanceof Error)
    for (const line of traceOf(thrown).split("\n")) writeLine(process.stderr, line, false);
  if (json) writeData(process.stderr, { error: { code, message } });
  return exit;
}

function traceOf(thrown: Error): string {
  const own = thrown.stack ?? String(thrown);
  return thrown.cause instanceof Error ? `${own}\ncaused by ${traceOf(thrown.cause)}` : own;
}
