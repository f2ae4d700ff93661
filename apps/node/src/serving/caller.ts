// Who asks, in the few words that logs, metrics and traces may use: of which sort, and in which role. No names, no accounts.
import { type Role, roles } from "@fiducial/contract";
import type { FastifyRequest } from "fastify";

/** Sorts of callers. */
export const callerTypes = ["anonymous", "local", "person", "machine"] as const;
export type CallerType = (typeof callerTypes)[number];

/** Roles as logs say them; `none` for whoever has none. */
export const callerRoles = ["none", ...roles] as const;

/** A caller. Of several roles, the one that opened the door. */
export interface Caller {
  readonly type: CallerType;
  readonly role?: Role;
}

const callers = new WeakMap<FastifyRequest, Caller>();

/** Notes who a request comes from: whoever authorizes it says so once. */
export function noteCaller(request: FastifyRequest, caller: Caller): void {
  callers.set(request, caller);
}

/** Returns who a request comes from; anonymous as long as nobody has said. */
export function callerOf(request: FastifyRequest): Caller {
  return callers.get(request) ?? { type: "anonymous" };
}
