// What answers one request: its shape, what it works with, and how it reads what was asked.
import { type Route, requestFaults, unknownField } from "@fiducial/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Rates } from "../authorization/rates.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import type { ServerLimits } from "../serving/limits.ts";
import type { SignIn } from "../sign-in/sign-in.ts";

/** Answers a request. */
export type Handler = (request: FastifyRequest, reply: FastifyReply) => unknown;

/** What the handlers work with. */
export interface Surroundings {
  readonly app: FastifyInstance;
  readonly node: OpenNode;
  readonly limits: ServerLimits;
  readonly signIn: SignIn;
  readonly rates: Rates;
}

/** A part of the address that has a name; empty where it has none. */
export function parameter({ params }: FastifyRequest, name: string): string {
  return (params as Record<string, string>)[name] ?? "";
}

/** A whole number of at most 15 digits; NaN for any other text. */
export function whole(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

/** What was asked, as a schema has it. Throws REQUEST_INVALID. */
export function parsed<Value>(
  schema: {
    safeParse(
      given: unknown,
    ): { success: true; data: Value } | { success: false; error: { readonly issues: readonly unknown[] } };
  },
  given: unknown,
): Value {
  const result = schema.safeParse(given);
  if (!result.success) throw new NodeError("REQUEST_INVALID", { errors: requestFaults(result.error.issues) });
  return result.data;
}

/** Refuses what is in the query and is none of the route's parameters: a filter that is mistyped would else be none. Throws REQUEST_INVALID. */
export function checkQueryNames(query: Route["query"] | undefined, given: unknown): void {
  const unknown = Object.keys(given ?? {}).filter((name) => !Object.hasOwn(query?.shape ?? {}, name));
  if (unknown.length > 0) throw new NodeError("REQUEST_INVALID", { errors: unknown.slice(0, 20).map(unknownField) });
}
