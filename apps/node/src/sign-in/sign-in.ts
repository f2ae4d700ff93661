// Sign-in, put together: the issuer, the sessions, the machines' tokens, and who a request is from by all of them.
import { problemOf, routes } from "@fiducial/api";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { AuditTrail } from "../audit-trail/audit-trail.ts";
import { anonymous, type Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { keyOfDemoPerson } from "../demo/demo-keys.ts";
import { maySitHere } from "../demo-issuer/at-this-machine.ts";
import { demoClient, demoRoles } from "../demo-issuer/personas.ts";
import { type IssuerTokens, issuerTokens } from "../machines/issuer-tokens.ts";
import type { OperatorToken } from "../machines/operator-token.ts";
import { type TokenClients, tokenClientsIn } from "../machines/token-clients.ts";
import { NodeError } from "../node-error.ts";
import { type PasskeyRoom, passkeyRoom } from "../passkeys/passkey-room.ts";
import { hostAsked } from "../serving/asked-address.ts";
import { namesThisMachine } from "../serving/request-target.ts";
import { openAccessDatabase } from "./access-database.ts";
import { type Attempts, signInAttempts } from "./attempts.ts";
import { type Cookies, cookiesOf } from "./cookies.ts";
import { type Issuer, issuerOf } from "./issuer.ts";
import { isFromElsewhere } from "./request-origin.ts";
import { defaultSessionTerms, type Sessions, type SignedIn, sessionsIn } from "./sessions.ts";
import type { SignInOptions } from "./sign-in-options.ts";

/** Everything that letting somebody in takes. */
export interface SignIn {
  readonly isDemo: boolean;
  readonly issuer: Issuer;
  readonly sessions: Sessions;
  readonly clients: TokenClients;
  readonly attempts: Attempts;
  readonly cookies: Cookies;
  readonly passkeys: PasskeyRoom;
  /** The address under which browsers know the node, without a slash at the end. */
  publicUrl(): string;
  isOurHost(host: string | undefined): boolean;
  /** Lets a request pass that may begin a sign-in: at the demonstration only somebody at this machine may. Throws HOST_FOREIGN. */
  checkWayIn(request: FastifyRequest): void;
  /** Lets a request pass that a page of this node sent. Throws HOST_FOREIGN, ORIGIN_FOREIGN. */
  checkOwnPage(request: FastifyRequest): void;
  /** Begins a session for somebody in the place of the one that the browser had. */
  letIn(request: FastifyRequest, reply: FastifyReply, person: SignedIn): void;
  /** Notes that somebody was not let in, and on which code. */
  turnedAway(request: FastifyRequest, code: string): void;
  readonly tell: AuditTrail["tell"];
  /** People and machines that are signed in. */
  signedIn(): number;
  /** Who a request is from. Rejects with TOKEN_INVALID, ORIGIN_FOREIGN. */
  identify(request: FastifyRequest): Promise<Caller>;
  close(): void;
}

/** Where the server is, and what it knows of itself. */
export interface SignInSurroundings {
  readonly host: string;
  /** Whether it has a certificate of its own. */
  readonly overTls: boolean;
  /** Its own address, once it listens. */
  url(): string;
  readonly operator: OperatorToken;
  /** Hears who signed in and out, and which machines got tokens. */
  readonly tell: AuditTrail["tell"];
  nowMs(): number;
}

/** Opens sign-in. Throws DEMO_ISSUER_IN_PRODUCTION, DEMO_ISSUER_EXPOSED, ISSUER_INSECURE. */
export function openSignIn(node: OpenNode, options: SignInOptions, surroundings: SignInSurroundings): SignIn {
  checkOptions(options, surroundings.host);
  const { mode, clockSkewSeconds = 30 } = options;
  const { operator, tell, nowMs } = surroundings;
  const isDemo = options.issuer === undefined;
  const publicUrl = () => (options.publicUrl ?? surroundings.url()).replace(/\/+$/, "");
  const secure = options.publicUrl?.startsWith("https:") ?? surroundings.overTls;
  const demo = () => ({ issuer: `${publicUrl()}/idp`, clientId: demoClient, roles: demoRoles });
  const issuer = lazily(() => issuerOf(options.issuer ?? demo(), { mode, clockSkewSeconds, publicUrl, isDemo }));
  const audience = options.issuer?.audience;
  const tokensOfIssuer =
    audience === undefined ? undefined : issuerTokens(issuer, { audience, clockSkewSeconds, nowMs });
  const database = openAccessDatabase(node.folder);
  const signedOut = async (subject: string) => {
    const handle = await node.operations.people.actorOf(subject).catch(() => undefined);
    tell("SIGNED_OUT", { actor: { type: "person", ...(handle === undefined ? {} : { handle }) } });
  };
  const terms = { ...defaultSessionTerms, ...options.sessions };
  const sessions = sessionsIn(database, terms, nowMs, (subject) => void signedOut(subject));
  // Who went away without a word has signed out when the time is over, not when the next one comes.
  const looking = setInterval(sessions.endOld, lookMs).unref();
  const clients = tokenClientsIn(database, nowMs);
  const cookies = cookiesOf(node.identity.origin, secure);
  const isOurHost = (host: string | undefined) =>
    namesThisMachine(host) || host?.toLowerCase() === new URL(publicUrl()).host;

  const personOf = (request: FastifyRequest): Caller => {
    const id = isOurHost(hostAsked(request)) ? cookies.session.of(request) : undefined;
    const session = id === undefined ? undefined : sessions.of(id);
    if (id === undefined || session === undefined) return anonymous;
    if (isFromElsewhere(request, new URL(publicUrl()).origin)) throw new NodeError("ORIGIN_FOREIGN");
    if (isUse(request)) sessions.touch(id);
    const { subject, actor, name, roles, handle } = session;
    const { people } = node.operations;
    if (people.isRetired(actor)) return anonymous;
    // What was taken away on the ledger, by whatever way, must not go on until the evening.
    const held = people.rolesOf(actor);
    return { type: "person", subject, actor, name, roles: roles.filter((one) => held.includes(one)), session: handle };
  };

  return {
    isDemo,
    issuer,
    sessions,
    clients,
    attempts: signInAttempts(nowMs),
    cookies,
    passkeys: passkeyRoom(database, {
      publicUrl,
      mode,
      nowMs,
      ...(isDemo && { heldFor: (actor: string) => keyOfDemoPerson(node, actor) }),
    }),
    publicUrl,
    isOurHost,
    checkWayIn: (request) => {
      if (!isOurHost(hostAsked(request)) || (isDemo && !maySitHere(request))) throw new NodeError("HOST_FOREIGN");
    },
    checkOwnPage: (request) => {
      if (!isOurHost(hostAsked(request))) throw new NodeError("HOST_FOREIGN");
      if (isFromElsewhere(request, new URL(publicUrl()).origin)) throw new NodeError("ORIGIN_FOREIGN");
    },
    letIn: (request, reply, person) => {
      const before = cookies.session.of(request);
      if (before !== undefined) sessions.end(before);
      cookies.session.put(reply, sessions.begin(person));
      tell("SIGNED_IN", { address: request.ip, actor: { type: "person", handle: person.actor } });
    },
    turnedAway: ({ ip }, code) => {
      const outcome = problemOf(code).status < 500 ? "refused" : "failed";
      tell("SIGNED_IN", { outcome, code, address: ip, actor: { type: "anonymous" } });
    },
    tell,
    signedIn: () => sessions.list().length + clients.tokens(),
    identify: async (request) => {
      const [, token] = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? "") ?? [];
      return token === undefined ? personOf(request) : bearer(token, { operator, clients, tokensOfIssuer });
    },
    close: () => {
      clearInterval(looking);
      database.close();
    },
  };
}

const lookMs = 60_000;

interface Doors {
  readonly operator: OperatorToken;
  readonly clients: TokenClients;
  readonly tokensOfIssuer: IssuerTokens | undefined;
}

async function bearer(token: string, { operator, clients, tokensOfIssuer }: Doors): Promise<Caller> {
  if (operator.isIt(token)) return { type: "operator" };
  const holder = clients.holderOf(token);
  if (holder !== undefined)
    return { type: "machine", subject: holder.client, name: holder.name, scopes: holder.scopes };
  if (tokensOfIssuer === undefined || token.split(".").length !== 3) throw new NodeError("TOKEN_INVALID");
  return tokensOfIssuer(token);
}

function checkOptions({ mode, issuer, publicUrl }: SignInOptions, host: string): void {
  if (issuer === undefined) {
    if (mode === "production") throw new NodeError("DEMO_ISSUER_IN_PRODUCTION");
    if (!namesThisMachine(host.includes(":") ? `[${host}]` : host)) throw new NodeError("DEMO_ISSUER_EXPOSED");
    if (publicUrl !== undefined && !namesThisMachine(new URL(publicUrl).host))
      throw new NodeError("DEMO_ISSUER_EXPOSED");
  } else if (mode === "production") {
    const secure = [issuer.issuer, publicUrl ?? ""].every((url) => url.startsWith("https://"));
    if (!secure) throw new NodeError("ISSUER_INSECURE");
  }
}

// What a page does by itself, with nobody before it, keeps no session alive: it says so, or is one of the addresses that it asks again and again.
function isUse({ headers, url }: FastifyRequest): boolean {
  const byItself = [routes.health, routes.session, routes.events].some(({ path }) => url.startsWith(path));
  return !byItself && headers["fiducial-unattended"] === undefined;
}

// The demonstration's issuer is at the server's own address, which is known only once it listens.
function lazily(make: () => Issuer): Issuer {
  let made: Issuer | undefined;
  const issuer = () => {
    made ??= make();
    return made;
  };
  return {
    begin: (...given) => issuer().begin(...given),
    finish: (...given) => issuer().finish(...given),
    signOutUrl: (...given) => issuer().signOutUrl(...given),
    metadata: () => issuer().metadata(),
  };
}
