// Who may ask, as OpenAPI says it: security schemes, and which of them each address takes. OpenAPI 3.1.0 § 4.8.27, § 4.8.30.
import type { JsonObject } from "@fiducial/core";
import { type Permission, permissions, type Scope, scopes } from "./permissions.ts";

const isScope = (permission: Permission): permission is Scope => (scopes as readonly Permission[]).includes(permission);

/** The schemes: tokens of machines, tokens however they were got, and sessions of people by their cookie. */
export function securitySchemes(sessionCookie: string, tokenPath: string): JsonObject {
  return {
    machine: {
      type: "oauth2",
      description: "What `fiducial tokens add` printed, exchanged for a token of a quarter of an hour. RFC 6749 § 4.4.",
      flows: {
        clientCredentials: {
          tokenUrl: tokenPath,
          scopes: Object.fromEntries(scopes.map((scope) => [scope, permissions[scope]])),
        },
      },
    },
    bearer: { type: "http", scheme: "bearer", description: "A token, of a machine or of this machine's own command." },
    session: {
      type: "apiKey",
      in: "cookie",
      name: sessionCookie,
      description: "The session of somebody who signed in at the page. Each node's cookie has a name of its own.",
    },
  };
}

/** Which of the schemes an address takes that asks for this permission; none, where anybody may ask. */
export function securityOf(permission: Permission): readonly JsonObject[] {
  if (permission === "public") return [];
  if (permission === "session.own" || permission === "acts.sign") return [{ session: [] }];
  return [...(isScope(permission) ? [{ machine: [permission] }] : []), { bearer: [] }, { session: [] }];
}
