// The built page. Addresses inside it are its own business.
import { existsSync } from "node:fs";
import { join, sep } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Guard } from "../authorization/guard.ts";
import { NodeError } from "../node-error.ts";
import { sendProblem } from "./problems.ts";

/** Serves the page in a folder, if it is there. */
export async function servePage(app: FastifyInstance, page: string | undefined, guard: Guard): Promise<void> {
  const built = page !== undefined && existsSync(page);
  if (built) {
    await app.register(fastifyStatic, {
      root: page,
      serve: false,
      index: ["index.html"],
      cacheControl: false,
      setHeaders: (reply, path) => reply.header("cache-control", cachingOf(page, path)),
    });
    app.get("/*", { onRequest: guard("public") }, (request, reply) =>
      reply.sendFile((request.params as Record<string, string>)["*"] ?? ""),
    );
  }
  const ours = ["/api/", "/logs/", "/idp/"];
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && !ours.some((prefix) => request.url.startsWith(prefix));
    return built && wantsPage ? reply.sendFile("index.html") : sendProblem(reply, new NodeError("ROUTE_UNKNOWN"));
  });
}

// Built files have their content in their names, so a browser that has one need not ask: what was once seen stays to be seen when the node is gone.
function cachingOf(page: string, path: string): string {
  return path.startsWith(join(page, "assets", sep)) ? "public, max-age=31536000, immutable" : "no-cache";
}
