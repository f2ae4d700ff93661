// What an answer says when it is none: RFC 9457 problem details, with a code from one table.
import { refusalOf } from "@fiducial/contract";
import { z } from "zod";

/** The body of every refused or failed request, as application/problem+json. */
export const Problem = z.object({
  /** Where the code is explained, or about:blank. */
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,63}$/),
  /** What to do about this one, without patient data. */
  detail: z.string(),
});
export type Problem = z.infer<typeof Problem>;

/** Codes of the HTTP surface itself. A refusal of the contract, STUDY_UNKNOWN for one, keeps its own status and sentence. */
export const apiProblems = {
  REQUEST_INVALID: { http: 400, says: "The request does not have the shape that this address takes." },
  NOT_ALLOWED: { http: 403, says: "This shows sealed values: it is for members of the organization." },
  ROUTE_UNKNOWN: { http: 404, says: "There is nothing at this address." },
  LOG_UNKNOWN: { http: 404, says: "This node keeps no log of that origin." },
  TILE_UNKNOWN: { http: 404, says: "The log has no such tile, or not yet." },
  ENTRY_UNKNOWN: { http: 404, says: "The log has no entry of that number." },
  OBJECT_UNKNOWN: { http: 404, says: "No such object is registered here." },
  INTAKE_UNKNOWN: {
    http: 404,
    says: "There is no such intake: it was registered, or the node was started again since. Begin another.",
  },
  OBJECT_NOT_STORED: { http: 404, says: "The object is registered, and its bytes are not kept here." },
  REQUEST_TOO_LARGE: { http: 413, says: "The request is larger than this address takes." },
  BUSY: { http: 503, says: "The node has more to do than it can take. Try again shortly." },
  INTERNAL: { http: 500, says: "The node failed. What was acknowledged before still holds." },
} as const satisfies Readonly<Record<string, { readonly http: number; readonly says: string }>>;
export type ApiProblemCode = keyof typeof apiProblems;

/** Makes a problem of a code, the surface's own or a refusal of the contract; any other code is INTERNAL. */
export function problemOf(code: string, detail = ""): Problem {
  const row = Object.hasOwn(apiProblems, code) ? apiProblems[code as ApiProblemCode] : refusalOf(code);
  if (row === undefined) return problemOf("INTERNAL", detail);
  return { type: `/docs/errors#${code}`, title: row.says, status: row.http, code, detail: detail || row.says };
}

/** What the client says when there is no problem to read: the node was not reached, or answered something else. */
export type ClientFault = "UNREACHABLE" | "ANSWER_MALFORMED";

/** Thrown by the client. Codes: those of apiProblems, the contract's refusals, UNREACHABLE and ANSWER_MALFORMED (status 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly status: number;
  /** The problem as the node put it, when it did. */
  readonly problem: Problem | undefined;

  constructor(code: string, status: number, problem?: Problem, options?: ErrorOptions) {
    super(problem?.title ?? code, options);
    this.code = code;
    this.status = status;
    this.problem = problem;
  }
}
