// Who asks, who is signed in, and which machines may ask.
import { roles } from "@fiducial/contract";
import { z } from "zod";
import { HandleField, UtcTimeField } from "./fields.ts";
import { type Permission, permissions, scopes } from "./permissions.ts";

const PermissionField = z.enum(Object.keys(permissions) as [Permission, ...Permission[]]);

/** Who the node takes the caller for, and what the caller may do. */
export const CallerSession = z.object({
  caller: z.enum(["anonymous", "person", "machine", "operator"]),
  name: z.string().optional(),
  /** The caller's actor on the ledger. */
  actor: HandleField.optional(),
  /** Of a person; in the contract's order. */
  roles: z.array(z.enum(roles)).optional(),
  permissions: z.array(PermissionField),
  /** Whether people sign in by choosing who to be. */
  demoSignIn: z.boolean(),
});
export type CallerSession = z.infer<typeof CallerSession>;

/** Where a browser goes after its session has ended: an address, of the issuer if that has to forget too. */
export const SignedOut = z.object({ next: z.string() });
export type SignedOut = z.infer<typeof SignedOut>;

/** A session, named by a handle that opens nothing. */
export const OwnSession = z.object({
  session: HandleField,
  begunAt: UtcTimeField,
  /** To the minute. */
  seenAt: UtcTimeField,
  current: z.boolean(),
});
export type OwnSession = z.infer<typeof OwnSession>;

export const OwnSessions = z.object({ sessions: z.array(OwnSession) });
export type OwnSessions = z.infer<typeof OwnSessions>;

/** Somebody who is signed in. */
export const SignedInPerson = z.object({
  subject: HandleField,
  name: z.string().optional(),
  sessions: z.int().min(1),
  seenAt: UtcTimeField,
});
export type SignedInPerson = z.infer<typeof SignedInPerson>;

export const SignedInPeople = z.object({ people: z.array(SignedInPerson) });
export type SignedInPeople = z.infer<typeof SignedInPeople>;

export const SessionsEnded = z.object({ ended: z.int().min(0) });
export type SessionsEnded = z.infer<typeof SessionsEnded>;

const ScopeField = z.enum(scopes);

/** A machine to let in. */
export const NewTokenClient = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(ScopeField).min(1),
});
export type NewTokenClient = z.infer<typeof NewTokenClient>;

/** A machine that may ask, or might once. */
export const TokenClient = z.object({
  /** Its actor on the ledger, and its `client_id`. */
  client: HandleField,
  name: z.string(),
  scopes: z.array(ScopeField),
  addedAt: UtcTimeField,
  revokedAt: UtcTimeField.nullable(),
});
export type TokenClient = z.infer<typeof TokenClient>;

export const TokenClients = z.object({ clients: z.array(TokenClient) });
export type TokenClients = z.infer<typeof TokenClients>;

/** A new machine with its secret, which is told this once. */
export const TokenClientAdded = TokenClient.extend({ secret: z.string() });
export type TokenClientAdded = z.infer<typeof TokenClientAdded>;

/** A token, and for how many seconds it is good. RFC 6749 § 5.1. */
export const Token = z.object({
  access_token: z.string(),
  token_type: z.literal("Bearer"),
  expires_in: z.int().min(1),
  scope: z.string(),
});
export type Token = z.infer<typeof Token>;
