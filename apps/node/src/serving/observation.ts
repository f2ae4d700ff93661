// What is told of each request when it has been answered: method, template of the address, status, how long, of which sort the caller was.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { methods, type RequestNumber, requestNumber, type SourceText, sourceText } from "../logging/log-fields.ts";
import { type Caller, callerOf } from "./caller.ts";

/** An answered request. */
export interface Answered {
  readonly request: RequestNumber;
  readonly method: (typeof methods)[number] | undefined;
  /** The address as the program declares it; of an address that it does not know, `none`. */
  readonly route: SourceText;
  readonly status: number;
  readonly durationMs: number;
  readonly caller: Caller;
  /** The address of the machine that asked; for the audit trail, and for nothing that is kept longer or read by more. */
  readonly address: string | undefined;
  /** Of a problem. */
  readonly code: string | undefined;
  /** What was thrown, for whoever looks where. */
  readonly thrown: unknown;
}

/** Hears of requests. */
export interface Observer {
  answered(answered: Answered): void;
}

const problems = new WeakMap<object, { readonly code: string; readonly thrown: unknown }>();

/** Notes with which problem a request is answered. */
export function noteProblem(reply: FastifyReply, code: string, thrown: unknown): void {
  problems.set(reply.raw, { code, thrown });
}

/** Tells observers of every answered request of an application. */
export function observe(app: FastifyInstance, observers: readonly Observer[]): void {
  if (observers.length === 0) return;
  const templates = new Map<string, SourceText>();
  const template = (route: string) => {
    const known = templates.get(route) ?? sourceText(route);
    templates.set(route, known);
    return known;
  };
  app.addHook("onRequest", async (request: FastifyRequest, reply: FastifyReply) => {
    const begunMs = performance.now();
    const number = requestNumber();
    // Also of answers that are written past the framework, and of those that nobody waited for.
    reply.raw.once("close", () => {
      const problem = problems.get(reply.raw);
      const answered: Answered = {
        request: number,
        method: methods.find((method) => method === request.method),
        route: template(request.routeOptions.url ?? "none"),
        status: reply.raw.statusCode,
        durationMs: performance.now() - begunMs,
        caller: callerOf(request),
        address: request.ip,
        code: problem?.code,
        thrown: problem?.thrown,
      };
      for (const observer of observers) observer.answered(answered);
    });
  });
}
