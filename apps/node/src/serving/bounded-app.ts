// The HTTP application before it has routes: what it takes at a time, what every answer carries, how a failure is told.
import type { Socket } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { NodeError } from "../node-error.ts";
import type { ServerLimits } from "./limits.ts";
import { watchBody } from "./patience.ts";
import { answerClientError, sendProblem } from "./problems.ts";
import { checkTarget } from "./request-target.ts";
import { securityHeaders } from "./security-headers.ts";

/** Makes an application that keeps to the limits. */
export function boundedApp(limits: ServerLimits): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: 1_048_576,
    trustProxy: false,
    // A list of frames is one parameter of an address. No route matches its parameters by expressions, so length costs nothing.
    routerOptions: { maxParamLength: 8192 },
    requestTimeout: limits.requestMs,
    connectionTimeout: limits.silenceMs,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: Math.min(5000, limits.headersMs / 2),
      // A listener whose machine went away is noticed.
      keepAlive: true,
    },
    clientErrorHandler: (error, socket) => answerClientError(error, socket as Socket),
    // An address that cannot be read comes to no route and no hook.
    frameworkErrors: (_, __, reply) => {
      reply.headers(securityHeaders);
      sendProblem(reply, new NodeError("REQUEST_INVALID"));
    },
  });
  app.server.maxConnections = limits.connections;
  app.setErrorHandler((thrown, _, reply) => sendProblem(reply, thrown));
  app.addHook("onRequest", async ({ raw }) => checkTarget(raw));
  app.addHook("preParsing", async ({ raw, headers }, reply, payload) => {
    if (!isOfFiles(headers["content-type"]))
      watchBody(raw, limits.jsonMs, () => {
        if (!reply.sent) sendProblem(reply, new NodeError("REQUEST_TIMED_OUT"));
      });
    return payload;
  });
  app.addHook("onSend", async ({ raw }, reply, payload) => {
    reply.headers(securityHeaders);
    // What was shown to somebody stays in no cache for whoever comes next.
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    // What is still to come of a request that was answered is nothing to wait for.
    if (!raw.complete) reply.header("connection", "close");
    return payload;
  });
  return app;
}

// Files have terms of their own; multipart bodies are read by those who take files in, and by nobody else.
function isOfFiles(contentType = ""): boolean {
  return contentType === "application/dicom" || /^multipart\/related\s*;/i.test(contentType);
}
