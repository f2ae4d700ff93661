// What answers at the addresses of sessions, of machines' tokens, and of passkeys with what they sign.
import { DraftSignatures, NewDraft, NewPasskey, NewTokenClient, PasskeyAssertion, PasskeyRemoval } from "@fiducial/api";
import type { FastifyRequest } from "fastify";
import { callerOf } from "../authorization/guard.ts";
import * as machines from "../machines/token-answers.ts";
import * as account from "../passkeys/account.ts";
import * as signing from "../passkeys/signing.ts";
import * as wayIn from "../passkeys/way-in.ts";
import * as sessions from "../sign-in/session-answers.ts";
import { type Handler, parameter, parsed, type Surroundings } from "./handler.ts";

type SessionRoute =
  | "session"
  | "signOut"
  | "sessions"
  | "endSession"
  | "signedInPeople"
  | "endSessionsOf"
  | "token"
  | "tokenClients"
  | "addTokenClient"
  | "revokeTokenClient";
type PasskeyRoute =
  | "passkeys"
  | "createPasskey"
  | "addPasskey"
  | "removePasskey"
  | "askPasskey"
  | "signInWithPasskey"
  | "draft"
  | "signDraft";

/** Routes by which somebody comes in, goes, and signs. */
export type SignInRoute = SessionRoute | PasskeyRoute;

/** The handler of each. */
export function signInHandlers(surroundings: Surroundings): Readonly<Record<SignInRoute, Handler>> {
  return { ...sessionHandlers(surroundings), ...passkeyHandlers(surroundings) };
}

function sessionHandlers({ node, signIn, rates }: Surroundings): Readonly<Record<SessionRoute, Handler>> {
  const { clients } = signIn;
  return {
    session: (request) => sessions.sessionOf(signIn, callerOf(request)),
    signOut: (request, reply) => sessions.signOut(signIn, request, reply),
    sessions: (request) => sessions.ownSessions(signIn, callerOf(request)),
    endSession: (request) => sessions.endOwnSession(signIn, callerOf(request), parameter(request, "session")),
    signedInPeople: () => sessions.signedInPeople(node, signIn),
    endSessionsOf: (request) => ({ ended: signIn.sessions.endAll(parameter(request, "subject")) }),
    token: async (request, reply) => {
      await rates.tried(request);
      return machines.token(clients, request, reply, signIn.tell);
    },
    tokenClients: () => machines.tokenClients(clients),
    addTokenClient: (request) => machines.addTokenClient(node, clients, parsed(NewTokenClient, request.body)),
    revokeTokenClient: (request) => machines.revokeTokenClient(node, clients, parameter(request, "client")),
  };
}

function passkeyHandlers({ node, signIn, rates }: Surroundings): Readonly<Record<PasskeyRoute, Handler>> {
  const { passkeys: room } = signIn;
  const holder = (request: FastifyRequest) => account.holderIn(callerOf(request));
  return {
    passkeys: (request) => account.ownPasskeys(node, room, holder(request)),
    createPasskey: (request) => account.passkeyCreation(node, room, holder(request)),
    addPasskey: (request) => account.addPasskey(node, room, holder(request), parsed(NewPasskey, request.body)),
    removePasskey: (request) => {
      const removal = parsed(PasskeyRemoval, request.body);
      return account.removePasskey(node, room, holder(request), parameter(request, "key"), removal);
    },
    askPasskey: async (request, reply) => {
      await rates.tried(request);
      return wayIn.askPasskey(signIn, request, reply);
    },
    signInWithPasskey: async (request, reply) => {
      await rates.tried(request);
      return wayIn.signInWithPasskey({ node, signIn }, request, reply, parsed(PasskeyAssertion, request.body));
    },
    draft: (request) => signing.draftAct(node, room, holder(request), parsed(NewDraft, request.body)),
    signDraft: (request) => {
      const { signatures } = parsed(DraftSignatures, request.body);
      return signing.signDraft(node, signIn, holder(request), parameter(request, "draft"), signatures);
    },
  };
}
