// Who asks while nobody can sign in: whoever sits at this very machine is its operator, everybody else is anonymous.
import type { FastifyRequest } from "fastify";
import { namesThisMachine, saysForwarded } from "../serving/request-target.ts";
import { anonymous, type Caller } from "./caller.ts";

/** Takes a request from this machine for its operator's. */
export function atThisMachine({ ip, headers }: FastifyRequest): Caller {
  // A page of another site that the same browser shows reaches the loopback address too: its name, or where it says it comes from, gives it away.
  // So does a proxy on this machine, which asks for anybody and may name this machine as the host.
  const { host, origin, "sec-fetch-site": fetchSite } = headers;
  const local = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(ip);
  const sameOrigin = origin === undefined || origin === `http://${host}`;
  const sameSite = fetchSite === undefined || fetchSite === "same-origin" || fetchSite === "none";
  const isOperator = local && namesThisMachine(host) && sameOrigin && sameSite && !saysForwarded(headers);
  return isOperator ? { type: "operator" } : anonymous;
}
