// The one error translator: a code of a table becomes a problem; anything else tells nothing. RFC 9457.
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { problemOf, retryAfterOf } from "@fiducial/api";
import { CoreError } from "@fiducial/core";
import { LedgerError } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import type { FastifyReply } from "fastify";
import { NodeError } from "../node-error.ts";
import { securityHeaders } from "./security-headers.ts";

const mediaType = "application/problem+json";

/** Answers with what was thrown. */
export function sendProblem(reply: FastifyReply, thrown: unknown): FastifyReply {
  const code = codeOf(thrown);
  const problem = { ...problemOf(code), ...permissionIn(thrown) };
  const retryAfter = retryAfterOf(code);
  // RFC 9110 § 11.6.1: a 401 names how to sign in; what a browser asks for by itself is none of ours.
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  if (retryAfter !== undefined) reply.header("retry-after", String(retryAfter));
  return reply.status(problem.status).type(mediaType).send(problem);
}

/** Answers, on the bare connection, to what no request could be read from, and closes it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return void socket.destroy();
  const problem = problemOf(clientErrorCodes[error.code ?? ""] ?? "REQUEST_INVALID");
  const body = JSON.stringify(problem);
  const headers = {
    "content-type": mediaType,
    "content-length": Buffer.byteLength(body),
    connection: "close",
    ...securityHeaders,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (socket.writable)
    socket.write(`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n${lines.join("")}\r\n${body}`);
  socket.destroySoon();
}

const clientErrorCodes: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "REQUEST_TIMED_OUT",
  HPE_HEADER_OVERFLOW: "HEADERS_TOO_LARGE",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "REQUEST_TOO_LARGE",
};

function permissionIn(thrown: unknown): { permission?: string } {
  const permission =
    thrown instanceof NodeError && thrown.code === "NOT_ALLOWED" ? thrown.data["permission"] : undefined;
  return typeof permission === "string" ? { permission } : {};
}

/** The code of what was thrown. */
export function codeOf(thrown: unknown): string {
  const isOfATable = [NodeError, LedgerError, VaultError, CoreError].some((kind) => thrown instanceof kind);
  if (isOfATable) return (thrown as { code: string }).code;
  const { statusCode } = thrown as { statusCode?: number };
  if (statusCode === undefined || statusCode >= 500) return "INTERNAL";
  return statusCode === 413 ? "REQUEST_TOO_LARGE" : "REQUEST_INVALID";
}
