// The built page. Addresses inside it are its own business.
import { existsSync, readdirSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Guard, ServedRoute } from "../authorization/guard.ts";
import { noRoute } from "./allowed-methods.ts";
import { sendProblem } from "./problems.ts";

/** Serves the page in a folder, if it is there, and answers what comes to none of the routes that are `served`. */
export async function servePage(
  app: FastifyInstance,
  page: string | undefined,
  guard: Guard,
  served: readonly ServedRoute[],
): Promise<void> {
  if (page !== undefined && existsSync(page)) {
    const files = new Set(readdirSync(page, { recursive: true, encoding: "utf8" }).map(asAddress));
    await app.register(fastifyStatic, {
      root: page,
      serve: false,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header("cache-control", cachingOf(page, path));
        // One file to be kept: where it is served, its script is not let run. What runs is at /verifier/.
        if (path === join(page, saved)) reply.header("content-disposition", `attachment; filename="${saved}"`);
      },
    });
    app.get("/*", { onRequest: guard("public") }, (request, reply) => {
      const asked = (request.params as Record<string, string>)["*"] ?? "";
      if (ours.some((prefix) => request.url.startsWith(prefix))) throw noRoute(served, request.url);
      const file = asked.endsWith("/") ? `${asked}index.html` : asked;
      return reply.sendFile(files.has(file) ? file : "index.html");
    });
  }
  app.setNotFoundHandler((request, reply) => sendProblem(reply, noRoute(served, request.url)));
}

/** The verifier in one file. */
const saved = "verifier.html";

/** Addresses that are never the page's. */
const ours = ["/api/", "/logs/", "/idp/", "/fhir/", "/dicomweb/"];

const asAddress = (path: string) => path.replaceAll(sep, "/");

// Built files have their content in their names, so a browser that has one need not ask: what was once seen stays to be seen when the node is gone.
function cachingOf(page: string, path: string): string {
  return path.startsWith(join(page, "assets", sep)) ? "public, max-age=31536000, immutable" : "no-cache";
}
