// The HTTP server: routes of the API table, the public log, sign-in, and the page. Every route passes authorize().
import type { Server as TlsServer } from "node:https";
import fastifyCookie from "@fastify/cookie";
import { type Route, type RouteName, routes } from "@fiducial/api";
import type { FastifyInstance } from "fastify";
import { checkPurpose } from "./access/hook.ts";
import type { AuditTrail } from "./audit-trail/audit-trail.ts";
import { accessOf } from "./authorization/access.ts";
import { callerKey } from "./authorization/caller-key.ts";
import { type Gate, guardRoutes, type RouteRoom, type ServedRoute, servedRoutes } from "./authorization/guard.ts";
import { countRates } from "./authorization/rates.ts";
import type { OpenNode } from "./compose.ts";
import { demoIssuerRoutes } from "./demo-issuer/demo-issuer-routes.ts";
import { newOperatorToken } from "./machines/operator-token.ts";
import { collectorOf, type MetricsPage, serveMetricsPage } from "./metrics/metrics-page.ts";
import { NodeError } from "./node-error.ts";
import { dicomWeb } from "./routes/dicomweb/dicom-web.ts";
import { fhir } from "./routes/fhir/serve.ts";
import { checkQueryNames } from "./routes/handler.ts";
import { handlersOf } from "./routes/handlers.ts";
import { publicLogs } from "./routes/public-logs.ts";
import { recordRefused, recordShown } from "./routes/recorded-reads.ts";
import { reference } from "./routes/reference.ts";
import { witness } from "./routes/witness.ts";
import { noteAddresses } from "./serving/asked-address.ts";
import { bodyRoom } from "./serving/body-room.ts";
import { boundedApp } from "./serving/bounded-app.ts";
import { leastTlsVersion } from "./serving/certificate.ts";
import { defaultLimits, type ServerLimits } from "./serving/limits.ts";
import { type FurtherDoors, listen } from "./serving/listening.ts";
import type { Observer } from "./serving/observation.ts";
import { servePage } from "./serving/page.ts";
import { openSignIn, type SignIn } from "./sign-in/sign-in.ts";
import type { SignInOptions } from "./sign-in/sign-in-options.ts";
import { signInRoutes } from "./sign-in/sign-in-routes.ts";

export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  /** The built page; without it only the API answers. */
  readonly page?: string | undefined;
  /** How people sign in; by choosing one of the demonstration's personas, unless told. */
  readonly signIn?: SignInOptions;
  /** What it takes at a time, where that differs from the usual. */
  readonly limits?: Partial<ServerLimits>;
  /** Proxies whose X-Forwarded-* are believed: addresses and networks. */
  readonly trustedProxies?: readonly string[];
  /** A certificate and its key in PEM; without, plain HTTP. */
  readonly tls?: ServerCertificate;
  /** Hears who signed in and out, and which machines got tokens. */
  readonly trail?: Pick<AuditTrail, "tell">;
  /** Hear of each answered request. */
  readonly observers?: readonly Observer[];
  /** What `/metrics` answers; without, there is nothing at that address. */
  readonly metrics?: MetricsPage;
  readonly nowMs?: () => number;
}

/** A certificate with those above it, and its key, in PEM. */
export interface ServerCertificate {
  readonly cert: string;
  readonly key: string;
}

export interface RunningServer {
  readonly url: string;
  /** The key of this machine's own command, as long as the server runs. */
  readonly operatorToken: string;
  readonly port: number;
  /** What it serves, and to whom. */
  readonly routes: readonly ServedRoute[];
  /** People and machines that are signed in. */
  signedIn(): number;
  /** Uses another certificate for connections from now on. */
  renew(certificate: ServerCertificate): void;
  close(): Promise<void>;
}

/** Routes besides those of the API table, of sign-in and of the page. */
const rooms: readonly RouteRoom[] = [publicLogs, witness, fhir, reference];

/** Starts serving. Port 0 takes any free one. Throws DEMO_ISSUER_IN_PRODUCTION, DEMO_ISSUER_EXPOSED, ISSUER_INSECURE. */
export async function startServer(node: OpenNode, options: ServerOptions): Promise<RunningServer> {
  const { port, host, page, metrics, nowMs = Date.now } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const app = boundedApp(limits, options);
  noteAddresses(app, options.signIn?.publicUrl);
  const served = servedRoutes(app);
  const url = () => `${options.tls === undefined ? "http" : "https"}://${urlHost(host)}:${portOf(app, port)}`;
  const operator = newOperatorToken(node.folder.keys);
  const { tell = () => {} } = options.trail ?? {};
  let signIn: SignIn;
  let doors: FurtherDoors;
  try {
    signIn = openSignIn(node, options.signIn ?? { mode: "local" }, {
      ...{ host, url, operator, tell, nowMs },
      overTls: options.tls !== undefined,
    });
    app.addHook("onClose", async () => signIn.close());
    await app.register(fastifyCookie);
    const rates = await countRates(app, limits);
    const identify: Gate["identify"] = (request) => collectorOf(request, metrics) ?? signIn.identify(request);
    const guard = guardRoutes(app, { ...signIn, ...rates, identify });
    addParsers(app);
    app.addHook("preHandler", checkPurpose);
    const handlers = handlersOf({ app, node, limits, signIn, rates });
    for (const [name, { method, path, query, largestBody }] of Object.entries(routes) as [RouteName, Route][]) {
      app.route({
        method,
        url: path.replaceAll(/\{(\w+)\}/g, ":$1"),
        onRequest: guard(accessOf[name]),
        ...(largestBody === undefined
          ? {}
          : {
              preParsing: bodyRoom(limits.submissionBytes, largestBody, callerKey).hook,
              bodyLimit: largestBody,
            }),
        handler: async (request, reply) => {
          checkQueryNames(query, request.query);
          const answer = await handlers[name](request, reply);
          await recordShown(node, name, request, answer);
          return answer;
        },
        onError: async (request, _, error) => {
          if (error instanceof NodeError && error.code === "NOT_ALLOWED") await recordRefused(node, name, request);
        },
      });
    }
    for (const room of [...rooms, dicomWeb(limits)]) room(app, node, guard);
    signInRoutes(app, guard, { node, signIn, rates });
    if (signIn.isDemo) demoIssuerRoutes(app, guard, signIn, nowMs);
    if (metrics !== undefined) serveMetricsPage(app, metrics, guard("metrics.read"));
    await servePage(app, page, guard, served);
    doors = await listen(app, { port, host });
  } catch (thrown) {
    operator.end();
    await app.close();
    throw thrown;
  }
  const close = async () => {
    operator.end();
    await closed(app, doors, limits.closingMs);
  };
  return {
    url: url(),
    operatorToken: operator.token,
    port: portOf(app, port),
    routes: served,
    signedIn: signIn.signedIn,
    renew: ({ cert, key }) =>
      (app.server as unknown as TlsServer).setSecureContext?.({ cert, key, minVersion: leastTlsVersion }),
    close,
  };
}

// Where everybody is listened to, this machine is one of them.
function urlHost(host: string): string {
  if (["127.0.0.1", "::1", "0.0.0.0", "::"].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function portOf(app: FastifyInstance, port: number): number {
  const address = app.server.address();
  return typeof address === "object" ? (address?.port ?? port) : port;
}

// Files are not held in memory: whoever handles them reads the stream. Forms are read by whoever asked for them.
function addParsers(app: FastifyInstance): void {
  app.addContentTypeParser("application/dicom", (_, payload, done) => done(null, payload));
  app.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string", bodyLimit: 65_536 },
    (_, body, done) => done(null, body),
  );
}

// Whoever is connected and says nothing, or never comes to an end, would else keep the server open.
async function closed(app: FastifyInstance, doors: FurtherDoors, closingMs: number): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), closingMs);
  try {
    await app.close();
    await doors.closed();
  } finally {
    clearTimeout(timer);
  }
}
