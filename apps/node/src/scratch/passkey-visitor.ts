// Somebody of the demonstration who has a passkey, for tests: a session's requests by the typed client, cookies and all.
import { type ApiClient, apiClient, type Draft, type StatedEntry } from "@fiducial/api";
import type { Role } from "@fiducial/contract";
import { onTestFinished } from "vitest";
import type { EventFacts } from "../audit-trail/security-event.ts";
import { startServer } from "../server.ts";
import { type Lie, makePasskey, type SoftPasskey } from "./authenticator.ts";
import { type Browser, browser } from "./browser.ts";
import { signInAs } from "./demo-visitor.ts";
import { scratchNode } from "./scratch-node.ts";

/** Somebody before a page of the node. */
export interface Visitor {
  readonly browser: Browser;
  readonly client: ApiClient;
  readonly actor: string;
  /** Adds a passkey; those that it needs sign, too. */
  add(curve?: "Ed25519" | "P-256", earlier?: SoftPasskey): Promise<SoftPasskey>;
}

/** A client that keeps cookies as a page of the node does. */
export function pageOf(url: string, visitor: Browser = browser()): ApiClient {
  const request = async (path: RequestInfo | URL, init: RequestInit = {}) => {
    const headers = { "sec-fetch-site": "same-origin", accept: "application/json", ...(init.headers as object) };
    const { status, headers: answered, text } = await visitor.visit(String(path), { ...init, headers });
    return new Response(text, { status, headers: answered });
  };
  return apiClient({ baseUrl: url, fetch: request as typeof fetch });
}

/** Signs somebody in by choosing who to be. */
async function visitorAs(url: string, role: Role): Promise<Visitor> {
  const visitor = browser();
  await signInAs(url, role, visitor);
  const client = pageOf(url, visitor);
  const { actor = "" } = await client.session();
  return {
    browser: visitor,
    client,
    actor,
    add: async (curve = "Ed25519", earlier) => {
      const passkey = makePasskey(await client.createPasskey(), url, curve);
      const draft = await client.addPasskey(passkey.created);
      await signed(client, draft, earlier === undefined ? [passkey] : [passkey, earlier]);
      return passkey;
    },
  };
}

/** Has passkeys answer a draft, and submits it. */
export function signed(
  client: ApiClient,
  { draft, signings }: Draft,
  passkeys: readonly SoftPasskey[],
  lie?: Lie,
): Promise<StatedEntry> {
  const answers = passkeys.map((passkey, at) => passkey.answers(signings[at]?.request ?? { challenge: "" }, lie));
  return client.signDraft(draft, answers);
}

/** Signs in with a passkey, and resolves with who it is then. */
export async function signInWith(client: ApiClient, passkey: SoftPasskey, lie?: Lie): Promise<string> {
  return (await client.signInWithPasskey(passkey.answers(await client.askPasskey(), lie))).actor;
}

/** Serves a node of its own until the test is over, with a clock that a test can set. */
export async function hospital(signInsPerMinute = 1000) {
  const scratch = scratchNode();
  const node = await scratch.open();
  const clock = { now: Date.now() };
  const nowMs = () => clock.now;
  const told: (EventFacts & { readonly event: string })[] = [];
  const server = await startServer(node, {
    port: 0,
    host: "127.0.0.1",
    nowMs,
    trail: { tell: (event, facts) => void told.push({ event, ...facts }) },
    limits: { closingMs: 100, signInsPerMinute },
  });
  onTestFinished(() => server.close());
  const { url } = server;
  return { scratch, node, url, clock, told, as: (role: Role) => visitorAs(url, role) };
}

/** The entry with a number. */
export const entryOf = async (client: ApiClient, index: number) =>
  (await client.entries({ before: index + 1, limit: 1 })).entries[0];
