// The one error translator: a code of a table becomes a problem; anything else tells nothing. RFC 9457.
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import { fhirTypeOf, type Problem, problemOf, type RequestFault, retryAfterOf } from "@fiducial/api";
import { CoreError } from "@fiducial/core";
import { operationOutcome } from "@fiducial/fhir";
import { LedgerError } from "@fiducial/ledger";
import { VaultError } from "@fiducial/vault";
import type { FastifyReply } from "fastify";
import { NodeError } from "../node-error.ts";
import { noteProblem } from "./observation.ts";
import { securityHeaders } from "./security-headers.ts";

const mediaType = "application/problem+json";
/** The media type of FHIR resources, and where they are served. FHIR R4 § 3.1.0.1.9. */
export const fhirMediaType = "application/fhir+json";
export const fhirRoot = "/fhir";

/** Answers with what was thrown. */
export function sendProblem(reply: FastifyReply, thrown: unknown): FastifyReply {
  const code = codeOf(thrown);
  const problem = { ...problemOf(code), ...permissionIn(thrown), ...faultsIn(thrown) };
  noteProblem(reply, code, thrown);
  const retryAfter = retryAfterOf(code);
  // RFC 9110 § 11.6.1: a 401 names how to sign in; what a browser asks for by itself is none of ours.
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  if (retryAfter !== undefined) reply.header("retry-after", String(retryAfter));
  const allow = thrown instanceof NodeError ? thrown.data["allow"] : undefined;
  if (problem.status === 405 && typeof allow === "string") reply.header("allow", allow);
  if (isOfFhir(reply.request.url)) return sendOutcome(reply, problem, parameterIn(thrown));
  return reply.status(problem.status).type(mediaType).send(problem);
}

function isOfFhir(url: string): boolean {
  return url.startsWith(fhirRoot) && /^([/?]|$)/.test(url.slice(fhirRoot.length));
}

// Who asks in FHIR is told so: the same code and sentence, in an OperationOutcome.
function sendOutcome(
  reply: FastifyReply,
  { code, status, title }: Problem,
  parameter: string | undefined,
): FastifyReply {
  const outcome = operationOutcome({ code, says: title, http: status, fhir: fhirTypeOf(code), parameter });
  // As bytes: Fastify would else put a charset behind the media type, which FHIR's has not.
  return reply
    .status(status)
    .type(fhirMediaType)
    .send(Buffer.from(JSON.stringify(outcome)));
}

// Names of search parameters are the node's own words.
function parameterIn(thrown: unknown): string | undefined {
  const parameter = thrown instanceof NodeError ? thrown.data["parameter"] : undefined;
  return typeof parameter === "string" ? parameter : undefined;
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

function faultsIn(thrown: unknown): Pick<Problem, "errors"> {
  const errors = thrown instanceof NodeError && thrown.code === "REQUEST_INVALID" ? thrown.data["errors"] : undefined;
  return Array.isArray(errors) ? { errors: errors as RequestFault[] } : {};
}

/** The code of what was thrown. */
export function codeOf(thrown: unknown): string {
  const isOfATable = [NodeError, LedgerError, VaultError, CoreError].some((kind) => thrown instanceof kind);
  if (isOfATable) return (thrown as { code: string }).code;
  const { statusCode } = thrown as { statusCode?: number };
  if (statusCode === undefined || statusCode >= 500) return "INTERNAL";
  return statusCode === 413 ? "REQUEST_TOO_LARGE" : "REQUEST_INVALID";
}
