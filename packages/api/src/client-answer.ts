// What a node answers, taken apart: each way in which that can fail has one code. RFC 9457.
import type { z } from "zod";
import { AuditLine } from "./intakes.ts";
import { ApiError, Problem } from "./problem.ts";

/** Returns a successful answer, or throws what the node said instead. */
export async function answered(request: () => Promise<Response>): Promise<Response> {
  const response = await reached(request);
  if (response.ok) return response;
  const problem = Problem.safeParse(await reached(() => response.json()).catch(() => undefined)).data;
  throw new ApiError(problem?.code ?? "ANSWER_MALFORMED", response.status, problem);
}

/** Reads an answer as JSON of that shape. Throws ANSWER_MALFORMED. */
export async function parsed<Schema extends z.ZodType>(schema: Schema, response: Response): Promise<z.output<Schema>> {
  const body: unknown = await reached(() => response.json());
  const result = schema.safeParse(body);
  if (!result.success) throw new ApiError("ANSWER_MALFORMED", 0, undefined, { cause: result.error });
  return result.data;
}

/** Calls `line` for each line of an audit's answer. Throws ANSWER_MALFORMED. */
export async function eachLine(response: Response, line: (line: AuditLine) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > longestLine) throw new ApiError("ANSWER_MALFORMED", 0);
    for (const one of lines) line(auditLineIn(one));
  }
}

// A line of an audit has a few hundred characters; one without end would fill the memory.
const longestLine = 65_536;

function auditLineIn(text: string): AuditLine {
  try {
    return AuditLine.parse(JSON.parse(text));
  } catch (cause) {
    throw new ApiError("ANSWER_MALFORMED", 0, undefined, { cause });
  }
}

/** Reads an answer as text. */
export function text(response: Response): Promise<string> {
  return reached(() => response.text());
}

/** Reads an answer as bytes. */
export async function bytes(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await reached(() => response.arrayBuffer()));
}

// A request that was called off stays what it is; whatever else breaks a connection has one name.
async function reached<Result>(action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    if (cause instanceof SyntaxError) throw new ApiError("ANSWER_MALFORMED", 0, undefined, { cause });
    throw new ApiError("UNREACHABLE", 0, undefined, { cause });
  }
}
