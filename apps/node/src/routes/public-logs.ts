// The public logs: checkpoints and hash tiles for anybody, entry bundles for auditors. C2SP tlog-tiles.
import type { FastifyReply } from "fastify";
import { authorize } from "../authorization/authorize.ts";
import { callerOf, type RouteRoom } from "../authorization/guard.ts";
import { NodeError } from "../node-error.ts";
import { logResource } from "./ledger.ts";

/** `/logs/⟨origin⟩/…`: the origin holds slashes, so everything behind /logs/ is looked at as one. */
export const publicLogs: RouteRoom = (app, node, guard) => {
  app.get("/logs/*", { onRequest: guard("public") }, async (request, reply) => {
    const caller = callerOf(request);
    const { "*": path = "" } = request.params as Record<string, string>;
    const found = logResource(node, path);
    if (found === undefined) throw new NodeError("ROUTE_UNKNOWN");
    if ("checkpoint" in found) return sendCheckpoint(reply, found.checkpoint);
    if (found.kind === "entries" && !authorize("ledger.audit", caller)) {
      if (caller.type === "anonymous") throw new NodeError("NOT_SIGNED_IN");
      throw new NodeError("NOT_ALLOWED", { permission: "ledger.audit" });
    }
    return reply
      .type("application/octet-stream")
      .header("cache-control", found.kind === "tile" ? "public, max-age=31536000, immutable" : "no-store")
      .send(Buffer.from(found.bytes));
  });
};

/** Sends a checkpoint, which is as good as it is new. */
export function sendCheckpoint(reply: FastifyReply, note: string): FastifyReply {
  return reply.type("text/plain; charset=utf-8").header("cache-control", "no-store").send(note);
}
