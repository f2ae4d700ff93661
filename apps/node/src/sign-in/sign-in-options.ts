// How people sign in: with which issuer, what its groups mean here, for how long.
import type { Role } from "@fiducial/contract";
import type { SessionTerms } from "./sessions.ts";

/** An issuer of OpenID Connect, and this node as a client of it. */
export interface IssuerOptions {
  /** Its URL, as its discovery document has it. */
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client: PKCE is used either way. */
  readonly clientSecret?: string | undefined;
  /** Asked for besides `openid`. */
  readonly scopes?: readonly string[];
  /** The claim of the ID token, or of the user info, that lists groups. */
  readonly groupsClaim?: string;
  /** What belonging to a group means here. Groups that are not named mean nothing. */
  readonly roles: Readonly<Record<string, readonly Role[]>>;
  /** Set, JWT access tokens that the issuer gave for this audience are taken from machines. RFC 9068. */
  readonly audience?: string | undefined;
}

export interface SignInOptions {
  /** In production, the demonstration's issuer and plain HTTP to an issuer are refused. */
  readonly mode: "local" | "production";
  /** Without one, the demonstration's: a page on which anybody chooses who to be. */
  readonly issuer?: IssuerOptions | undefined;
  /** The address under which browsers know the node; its own when not told. */
  readonly publicUrl?: string | undefined;
  readonly sessions?: Partial<SessionTerms> | undefined;
  /** Seconds by which the issuer's clock may differ. */
  readonly clockSkewSeconds?: number;
}
