// What the API says of sessions: who asks, one's own sessions, other people's for an administrator.
import type { CallerSession, OwnSessions, SessionsEnded, SignedInPeople, SignedOut } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import type { FastifyReply, FastifyRequest } from "fastify";
import { permissionsOf } from "../authorization/authorize.ts";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import type { SignIn } from "./sign-in.ts";

export function sessionOf({ isDemo }: SignIn, caller: Caller): CallerSession {
  const known = { caller: caller.type, permissions: [...permissionsOf(caller)], demoSignIn: isDemo };
  if (caller.type === "machine") return { ...known, name: caller.name };
  if (caller.type !== "person") return known;
  const { name, roles, actor } = caller;
  return { ...known, name, roles: [...roles], ...(actor === undefined ? {} : { actor }) };
}

/** Ends the session of the cookie, and forgets the cookie. */
export async function signOut(
  { cookies, sessions, issuer, isDemo }: SignIn,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<SignedOut> {
  const id = cookies.session.of(request);
  const session = id === undefined ? undefined : sessions.of(id);
  cookies.session.clear(reply);
  if (id !== undefined) sessions.end(id);
  // The issuer may be away: here the session has ended all the same.
  const isIssuers = session !== undefined && session.idToken !== "" && !isDemo;
  const next = isIssuers ? await issuer.signOutUrl(session.idToken).catch(() => undefined) : undefined;
  return { next: next ?? "/sign-in/ended" };
}

export function ownSessions({ sessions }: SignIn, caller: Caller): OwnSessions {
  const { subject, session } = personIn(caller);
  return {
    sessions: sessions.list(subject).map(({ handle, begunAt, seenAt }) => ({
      session: handle,
      begunAt: formatUtcTime(begunAt),
      seenAt: formatUtcTime(seenAt),
      current: handle === session,
    })),
  };
}

/** Ends one of the caller's own sessions; one that is somebody else's is unknown. Throws SESSION_UNKNOWN. */
export function endOwnSession({ sessions }: SignIn, caller: Caller, handle: string): SessionsEnded {
  if (!sessions.endOne(personIn(caller).subject, handle)) throw new NodeError("SESSION_UNKNOWN");
  return { ended: 1 };
}

/** Who is signed in, whoever was seen last first. Names are the vault's. */
export async function signedInPeople(node: OpenNode, { sessions }: SignIn): Promise<SignedInPeople> {
  const bySubject = Map.groupBy(sessions.list(), ({ subject }) => subject);
  const people = [...bySubject].map(async ([subject, all]) => {
    const name = await node.operations.people.nameOf(subject);
    const seenAt = Math.max(...all.map((one) => one.seenAt));
    return { subject, sessions: all.length, seenAt: formatUtcTime(seenAt), ...(name === undefined ? {} : { name }) };
  });
  return { people: (await Promise.all(people)).sort((a, b) => (a.seenAt < b.seenAt ? 1 : -1)) };
}

/** Who asks, who is a person. Throws NOT_ALLOWED. */
export function personIn(caller: Caller): Extract<Caller, { type: "person" }> {
  if (caller.type !== "person") throw new NodeError("NOT_ALLOWED", { permission: "session.own" });
  return caller;
}
