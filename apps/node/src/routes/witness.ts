// The witness that this node is for logs of others: anybody may ask; what is not a log that it witnesses is answered 404. C2SP tlog-witness.
import type { RouteRoom } from "../authorization/guard.ts";
import { NodeError } from "../node-error.ts";
import { sendCheckpoint } from "./public-logs.ts";

/** `/witness/…`, when the node witnesses anything. */
export const witness: RouteRoom = (app, { witnesses }, guard) => {
  const { witness: own } = witnesses;
  if (own === undefined) return;
  const anybody = { onRequest: guard("public") };
  app.post("/witness/add-checkpoint", { ...anybody, bodyLimit: 65_536 }, async (request, reply) => {
    const { status, contentType, body } = own.addCheckpoint(typeof request.body === "string" ? request.body : "");
    return reply.status(status).type(contentType).send(body);
  });
  app.get("/witness/:origin/checkpoint", anybody, async (request, reply) => {
    const note = own.monitored(`${(request.params as Record<string, string>)["origin"]}/checkpoint`);
    if (note === undefined) throw new NodeError("ROUTE_UNKNOWN");
    return sendCheckpoint(reply, note);
  });
};
