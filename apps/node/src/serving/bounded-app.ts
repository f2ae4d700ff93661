// The HTTP application before it has routes: what it takes at a time, what every answer carries, how a failure is told.
import type { Socket } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import { NodeError } from "../node-error.ts";
import { hostAsked } from "./asked-address.ts";
import { leastTlsVersion } from "./certificate.ts";
import { boundConnections } from "./connection-places.ts";
import type { ServerLimits } from "./limits.ts";
import { type Observer, observe } from "./observation.ts";
import { watchBody } from "./patience.ts";
import { answerClientError, sendProblem } from "./problems.ts";
import { checkTarget, namesThisMachine } from "./request-target.ts";
import { securityHeaders } from "./security-headers.ts";

/** How an application is reached. */
export interface Reaching {
  /** Proxies whose X-Forwarded-* are believed: addresses and networks. */
  readonly trustedProxies?: readonly string[];
  /** A certificate and its key in PEM; without, plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Hear of each answered request. */
  readonly observers?: readonly Observer[];
}

/** Makes an application that keeps to the limits. */
export function boundedApp(
  limits: ServerLimits,
  { trustedProxies = [], tls, observers = [] }: Reaching = {},
): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: 1_048_576,
    // A list of frames is one parameter of an address. No route matches its parameters by expressions, so length costs nothing.
    routerOptions: { maxParamLength: 8192 },
    // Whoever is not declared may say of itself what it likes: it is believed nothing.
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    // Nothing but a server over TLS takes these, and Fastify's types tell two applications apart that are used alike.
    ...(tls === undefined ? {} : ({ https: { ...tls, minVersion: leastTlsVersion } } as object)),
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
  boundConnections(app, limits, trustedProxies);
  app.setErrorHandler((thrown, _, reply) => sendProblem(reply, thrown));
  observe(app, observers);
  app.addHook("onRequest", async ({ raw }) => checkTarget(raw));
  app.addHook("preParsing", async ({ raw, headers }, reply, payload) => {
    if (!isOfFiles(headers["content-type"]))
      watchBody(raw, limits.jsonMs, () => {
        if (!reply.sent) sendProblem(reply, new NodeError("REQUEST_TIMED_OUT"));
      });
    return payload;
  });
  app.addHook("onSend", async (request, reply, payload) => {
    const { raw } = request;
    // What a page says of itself, it has a reason for.
    for (const [name, value] of Object.entries(securityHeaders)) if (!reply.hasHeader(name)) reply.header(name, value);
    // Said at a name of this machine, it would hold for whatever else runs there at other ports.
    if (request.protocol === "https" && !namesThisMachine(hostAsked(request)))
      reply.header("strict-transport-security", `max-age=${yearSeconds}`);
    // What was shown to somebody stays in no cache for whoever comes next.
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    // What is still to come of a request that was answered is nothing to wait for.
    if (!raw.complete) reply.header("connection", "close");
    return payload;
  });
  return app;
}

const yearSeconds = 31_536_000;

// Files have terms of their own; multipart bodies are read by those who take files in, and by nobody else.
function isOfFiles(contentType = ""): boolean {
  return contentType === "application/dicom" || /^multipart\/related\s*;/i.test(contentType);
}
