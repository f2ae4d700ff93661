// Addresses of sign-in: who asks, who is signed in, which machines may ask.
import { z } from "zod";
import { HandleField } from "./fields.ts";
import type { Route } from "./route.ts";
import {
  CallerSession,
  NewTokenClient,
  OwnSessions,
  SessionsEnded,
  SignedInPeople,
  SignedOut,
  Token,
  TokenClient,
  TokenClientAdded,
  TokenClients,
} from "./sessions.ts";

export const sessionRoutes = {
  session: {
    method: "GET",
    path: "/api/v1/session",
    says: "Who the node takes you for, and what you may do.",
    answer: CallerSession,
    problems: [],
  },
  signOut: {
    method: "POST",
    path: "/api/v1/session/end",
    says: "Ends the session, and tells where to go next.",
    answer: SignedOut,
    problems: [],
  },
  sessions: {
    method: "GET",
    path: "/api/v1/sessions",
    says: "One's own sessions, the newest first.",
    answer: OwnSessions,
    problems: [],
  },
  endSession: {
    method: "POST",
    path: "/api/v1/sessions/{session}/end",
    says: "Ends one of one's own sessions.",
    parameters: z.object({ session: HandleField }),
    answer: SessionsEnded,
    problems: ["SESSION_UNKNOWN"],
  },
  signedInPeople: {
    method: "GET",
    path: "/api/v1/people",
    says: "Who is signed in.",
    answer: SignedInPeople,
    problems: [],
  },
  endSessionsOf: {
    method: "POST",
    path: "/api/v1/people/{subject}/sessions/end",
    says: "Ends every session of a person.",
    parameters: z.object({ subject: HandleField }),
    answer: SessionsEnded,
    problems: [],
  },
  token: {
    method: "POST",
    path: "/api/v1/token",
    says: "Gives a machine a token for its secret: client credentials, RFC 6749 § 4.4. What is refused is told as § 5.2 has it.",
    upload: "application/x-www-form-urlencoded",
    answer: Token,
    problems: [],
  },
  tokenClients: {
    method: "GET",
    path: "/api/v1/token-clients",
    says: "Which machines may ask, and which might once.",
    answer: TokenClients,
    problems: [],
  },
  addTokenClient: {
    method: "POST",
    path: "/api/v1/token-clients",
    says: "Lets a machine ask, and tells its secret, once.",
    body: NewTokenClient,
    answer: TokenClientAdded,
    problems: [],
  },
  revokeTokenClient: {
    method: "POST",
    path: "/api/v1/token-clients/{client}/revocation",
    says: "Lets a machine ask no more; its tokens end.",
    parameters: z.object({ client: HandleField }),
    answer: TokenClient,
    problems: ["CLIENT_UNKNOWN"],
  },
} as const satisfies Readonly<Record<string, Route>>;
