// GET /api: the reference of the HTTP surface for people, one page without scripts. It says nothing that /api/v1/openapi.json does not say to anybody.
import { openApiDocument, referencePage } from "@fiducial/api";
import { accessOf } from "../authorization/access.ts";
import type { RouteRoom } from "../authorization/guard.ts";
import { versionOfNode } from "../node-version.ts";

/** The page, made when it is first asked for. */
export const reference: RouteRoom = (app, _, guard) => {
  let page: string | undefined;
  app.get("/api", { onRequest: guard("public") }, async (_, reply) => {
    page ??= referencePage(openApiDocument({ version: versionOfNode(), permissions: accessOf }));
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(page);
  });
};
