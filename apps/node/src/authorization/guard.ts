// How routes ask who asks: a hook that lets a request pass or ends it, and a check that no route is without one.
import { type Permission, rolesAllowed } from "@fiducial/api";
import type { FastifyInstance, FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { hostAsked } from "../serving/asked-address.ts";
import { noteCaller } from "../serving/caller.ts";
import { isLedFromElsewhere } from "../sign-in/request-origin.ts";
import { authorize } from "./authorize.ts";
import { anonymous, type Caller } from "./caller.ts";

/** Makes the onRequest hook of a route: before the body is read, since nobody else's is. */
export type Guard = (permission: Permission) => onRequestAsyncHookHandler;

/** Adds routes to the server. Each has `guard(permission)` as its onRequest hook, or the server does not start. */
export type RouteRoom = (app: FastifyInstance, node: OpenNode, guard: Guard) => void;

/** Who lets in, and counts. */
export interface Gate {
  /** Finds out who a request is from. Rejects when what it shows is none of the node's. */
  identify(request: FastifyRequest): Caller | Promise<Caller>;
  isOurHost(host: string | undefined): boolean;
  /** Counts a request of a caller. Rejects with TOO_MANY_REQUESTS. */
  asked(request: FastifyRequest): Promise<void>;
  /** Counts a try to be let in. Rejects with TOO_MANY_REQUESTS. */
  tried(request: FastifyRequest): Promise<void>;
}

const callers = new WeakMap<object, Caller>();
const permissionsOfHooks = new WeakMap<object, Permission>();

/** Who a request is from. */
export function callerOf({ raw }: Pick<FastifyRequest, "raw">): Caller {
  return callers.get(raw) ?? anonymous;
}

/** Makes every request's caller known before its route is asked, and refuses routes without a guard. To be called before any route is added. */
export function guardRoutes(app: FastifyInstance, { identify, isOurHost, asked, tried }: Gate): Guard {
  app.addHook("onRoute", ({ method, url, onRequest }) => {
    if (permissionOf(onRequest) === undefined) throw new NodeError("ROUTE_UNGUARDED", { route: `${method} ${url}` });
  });
  app.addHook("onRequest", async (request) => {
    try {
      const caller = await identify(request);
      callers.set(request.raw, caller);
      noteCaller(request, { type: caller.type === "operator" ? "local" : caller.type });
    } catch (thrown) {
      await tried(request);
      throw thrown;
    }
    await asked(request);
  });
  return (permission) => {
    const hook: onRequestAsyncHookHandler = async (request) => {
      const caller = callerOf(request);
      if (permission !== "public" && caller.type === "person" && isLedFromElsewhere(request))
        throw new NodeError("ORIGIN_FOREIGN");
      if (authorize(permission, caller)) return noteRole(request, permission, caller);
      if (caller.type !== "anonymous") throw new NodeError("NOT_ALLOWED", { permission });
      throw new NodeError(isOurHost(hostAsked(request)) ? "NOT_SIGNED_IN" : "HOST_FOREIGN");
    };
    permissionsOfHooks.set(hook, permission);
    return hook;
  };
}

// Logs say which role opened the door, never whose it was.
function noteRole(request: FastifyRequest, permission: Permission, caller: Caller): void {
  const role =
    caller.type === "person" ? rolesAllowed(permission).find((one) => caller.roles.includes(one)) : undefined;
  if (role !== undefined) noteCaller(request, { type: "person", role });
}

/** A route as the server declares it, and the permission that it asks for; `ANY` where every method comes to the same. */
export interface ServedRoute {
  readonly method: string;
  readonly url: string;
  readonly permission: Permission;
}

/** Lists the routes that are added from now on. HEAD is answered as GET is, and has no line. */
export function servedRoutes(app: FastifyInstance): readonly ServedRoute[] {
  const served: ServedRoute[] = [];
  app.addHook("onRoute", ({ method, url, onRequest }) => {
    const permission = permissionOf(onRequest);
    const methods = [method].flat().filter((one) => one !== "HEAD");
    if (permission === undefined) return;
    for (const one of methods.length > 4 ? ["ANY"] : methods) served.push({ method: one, url, permission });
  });
  return served;
}

/** The permission that a route's onRequest hooks ask for; undefined when none does. */
function permissionOf(onRequest: unknown): Permission | undefined {
  for (const hook of [onRequest].flat()) {
    const permission = typeof hook === "function" ? permissionsOfHooks.get(hook) : undefined;
    if (permission !== undefined) return permission;
  }
  return undefined;
}
