// How often somebody may ask: far more than people do, and less than what keeps the node from answering others.
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { NodeError } from "../node-error.ts";
import { addressGroup } from "../serving/address-group.ts";
import type { ServerLimits } from "../serving/limits.ts";
import type { Caller } from "./caller.ts";
import { callerOf } from "./guard.ts";

export interface Rates {
  /** Counts a request of a caller. Rejects with TOO_MANY_REQUESTS. */
  asked(request: FastifyRequest): Promise<void>;
  /** Counts a try to be let in. Rejects with TOO_MANY_REQUESTS. */
  tried(request: FastifyRequest): Promise<void>;
}

/** Begins to count. */
export async function countRates(app: FastifyInstance, limits: ServerLimits): Promise<Rates> {
  await app.register(rateLimit, { global: false });
  const max = ({ type }: Caller) => (type === "machine" ? limits.machineRequestsPerMinute : limits.requestsPerMinute);
  const requests = app.createRateLimit({
    max: (request: FastifyRequest) => max(callerOf(request)),
    timeWindow: minuteMs,
    keyGenerator: keyOf,
  });
  const tries = app.createRateLimit({
    max: limits.signInsPerMinute,
    timeWindow: minuteMs,
    keyGenerator: ({ ip }: FastifyRequest) => addressGroup(ip),
  });
  return {
    asked: async (request) => {
      if (callerOf(request).type !== "operator") refuseExcess(await requests(request));
    },
    tried: async (request) => refuseExcess(await tries(request)),
  };
}

const minuteMs = 60_000;

function keyOf(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (caller.type === "person") return `session ${caller.session}`;
  return caller.type === "machine" ? `machine ${caller.subject}` : `address ${addressGroup(request.ip)}`;
}

function refuseExcess(count: { readonly isAllowed: boolean; readonly isExceeded?: boolean }): void {
  if (!count.isAllowed && count.isExceeded === true) throw new NodeError("TOO_MANY_REQUESTS");
}
