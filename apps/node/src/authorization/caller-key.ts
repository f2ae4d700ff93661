// Who shares: what is counted for each caller is counted under this.
import type { FastifyRequest } from "fastify";
import { addressGroup } from "../serving/address-group.ts";
import { callerOf } from "./guard.ts";

/** Names who asks, alike in each of their requests: a person in all their sessions, a machine, this machine's operator, or an address of nobody known. */
export function callerKey(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (caller.type === "person" || caller.type === "machine") return `${caller.type} ${caller.subject}`;
  return caller.type === "operator" ? "operator" : `address ${addressGroup(request.ip)}`;
}
