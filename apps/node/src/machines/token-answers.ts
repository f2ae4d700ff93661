// What the API says to machines that ask for tokens, and to those who let machines in. RFC 6749 §§ 2.3.1, 4.4, 5.
import type { NewTokenClient, Token, TokenClient, TokenClientAdded, TokenClients } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AuditTrail } from "../audit-trail/audit-trail.ts";
import type { EventFacts } from "../audit-trail/security-event.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { type TokenClients as Clients, type TokenClient as KeptClient, tokenSeconds } from "./token-clients.ts";

/** Answers with a token, or as RFC 6749 § 5.2 refuses one; tells which. */
export function token(
  clients: Clients,
  { body, headers, ip }: FastifyRequest,
  reply: FastifyReply,
  tell: AuditTrail["tell"],
): Token | object {
  const form = new URLSearchParams(typeof body === "string" ? body : "");
  const once = (name: string) => (form.getAll(name).length === 1 ? (form.get(name) ?? undefined) : undefined);
  const told = (facts: Pick<EventFacts, "outcome" | "code">, handle?: string) =>
    tell("TOKEN_ISSUED", { ...facts, address: ip, actor: { type: "machine", ...(handle && { handle }) } });
  const refuse = (error: string, client?: string) => {
    // What somebody made up is nobody's.
    told(
      { outcome: "refused", code: error.toUpperCase() },
      clients.list().find((one) => one.client === client)?.client,
    );
    return reply.status(error === "invalid_client" ? 401 : 400).send({ error });
  };
  if (once("grant_type") === undefined) return refuse("invalid_request");
  if (once("grant_type") !== "client_credentials") return refuse("unsupported_grant_type");
  const [client, secret] = basicIn(headers.authorization) ?? [once("client_id"), once("client_secret")];
  if (client === undefined || secret === undefined) {
    reply.header("www-authenticate", "Basic");
    return refuse("invalid_client");
  }
  const asked = form.has("scope") ? (once("scope") ?? "").split(" ").filter((name) => name !== "") : undefined;
  const issued = clients.issue(client, secret, asked);
  if (typeof issued === "string") {
    if (issued === "invalid_client") reply.header("www-authenticate", "Basic");
    return refuse(issued, client);
  }
  told({ outcome: "success" }, client);
  return { access_token: issued.token, token_type: "Bearer", expires_in: tokenSeconds, scope: issued.scopes.join(" ") };
}

/** The machines that may ask, and those that might once. */
export function tokenClients(clients: Clients): TokenClients {
  return { clients: clients.list().map(shown) };
}

/** Lets a machine in: an actor on the ledger, with a secret that is told this once. */
export async function addTokenClient(
  { operations }: OpenNode,
  clients: Clients,
  given: NewTokenClient,
): Promise<TokenClientAdded> {
  const client = await operations.software.add(given.name);
  const secret = clients.add({ client, ...given });
  return { ...shown(clientIn(clients, client)), secret };
}

/** Lets a machine in no more, and says so on the ledger. Rejects with CLIENT_UNKNOWN. */
export async function revokeTokenClient(
  { operations }: OpenNode,
  clients: Clients,
  client: string,
): Promise<TokenClient> {
  clients.revoke(client);
  await operations.software.retire(client);
  return shown(clientIn(clients, client));
}

function clientIn(clients: Clients, id: string): KeptClient {
  const found = clients.list().find(({ client }) => client === id);
  if (found === undefined) throw new NodeError("CLIENT_UNKNOWN");
  return found;
}

function shown({ client, name, scopes, addedAt, revokedAt }: KeptClient): TokenClient {
  return {
    client,
    name,
    scopes: [...scopes],
    addedAt: formatUtcTime(addedAt),
    revokedAt: revokedAt === null ? null : formatUtcTime(revokedAt),
  };
}

// RFC 6749 § 2.3.1: both are form-encoded before they are put together.
function basicIn(authorization: string | undefined): readonly [string, string] | undefined {
  const [, encoded] = /^Basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization ?? "") ?? [];
  const [, client, secret] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? "", "base64").toString("utf8")) ?? [];
  if (client === undefined || secret === undefined) return undefined;
  try {
    return [decodeURIComponent(client), decodeURIComponent(secret)];
  } catch {
    return undefined;
  }
}
