// Room for bodies that are held in memory until they are answered: by the length that a request announces, before any of it is read.
import type { onRequestAsyncHookHandler } from "fastify";
import { NodeError } from "../node-error.ts";

/** Makes an onRequest hook that lets in so many bytes together, and refuses what comes beside them with BUSY. A request without a length counts as the largest. */
export function bodyRoom(mostBytes: number, largestBody: number): onRequestAsyncHookHandler {
  let taken = 0;
  return async ({ headers }, reply) => {
    const announced = Number(headers["content-length"] ?? largestBody);
    const bytes = Math.min(Number.isFinite(announced) ? announced : largestBody, largestBody);
    // Alone, whatever fits a request has room.
    if (taken > 0 && taken + bytes > mostBytes) throw new NodeError("BUSY");
    taken += bytes;
    reply.raw.once("close", () => {
      taken -= bytes;
    });
  };
}
