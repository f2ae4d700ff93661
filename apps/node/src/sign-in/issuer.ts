// The issuer of OpenID Connect: asked by authorization code with PKCE, its ID tokens checked. OpenID Connect Core 1.0 § 3.1, RFC 7636, RFC 9700.
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  clockTolerance,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import { personaSubject } from "../demo-issuer/personas.ts";
import { NodeError } from "../node-error.ts";
import { isCertificateFault } from "../serving/certificate-fault.ts";
import type { Attempt } from "./attempts.ts";
import { nameIn } from "./person-name.ts";
import { rolesOf } from "./roles-of-groups.ts";
import type { SignedIn } from "./sessions.ts";
import type { IssuerOptions, SignInOptions } from "./sign-in-options.ts";
import { subjectOf } from "./subject.ts";

/** Who an issuer says that somebody is. */
export type Identified = Omit<SignedIn, "actor">;

export interface Issuer {
  /** Where to send the browser, and what to remember meanwhile. `choose` has the issuer ask who it is, whoever it thinks it is. Rejects with ISSUER_UNREACHABLE. */
  begin(returnTo: string, choose: boolean): Promise<{ readonly url: string; readonly attempt: Attempt }>;
  /** Exchanges what the browser came back with. Rejects with ISSUER_UNREACHABLE, SIGN_IN_REFUSED. */
  finish(came: URL, attempt: Attempt): Promise<Identified>;
  /** Where to send the browser so that the issuer forgets it too, if it offers that. */
  signOutUrl(idToken: string): Promise<string | undefined>;
  /** Its keys and name, for tokens of machines. Rejects with ISSUER_UNREACHABLE. */
  metadata(): Promise<{ readonly issuer: string; readonly jwksUri: string | undefined }>;
}

/** What an issuer needs to know of the node. */
export interface IssuerSurroundings extends Pick<SignInOptions, "mode" | "clockSkewSeconds"> {
  /** Where the node is, without a slash at the end. */
  readonly publicUrl: () => string;
  readonly isDemo: boolean;
}

/** Makes the node a client of an issuer. Nothing is asked before somebody signs in; an issuer that is away is asked again the next time. */
export function issuerOf(
  options: IssuerOptions,
  { mode, clockSkewSeconds = 30, publicUrl, isDemo }: IssuerSurroundings,
): Issuer {
  const { clientId, clientSecret, scopes = ["profile"], groupsClaim = "groups", roles } = options;
  const redirectUri = () => `${publicUrl()}/sign-in/callback`;
  let known: Promise<Configuration> | undefined;
  const configuration = (): Promise<Configuration> => {
    known ??= discovered(options.issuer, clientId, clientSecret, clockSkewSeconds, mode).catch((thrown) => {
      known = undefined;
      throw thrown;
    });
    return known;
  };
  return {
    begin: async (returnTo, choose) => {
      const attempt = { state: randomState(), nonce: randomNonce(), codeVerifier: randomPKCECodeVerifier(), returnTo };
      const url = buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri(),
        scope: ["openid", ...scopes].join(" "),
        state: attempt.state,
        nonce: attempt.nonce,
        code_challenge: await calculatePKCECodeChallenge(attempt.codeVerifier),
        code_challenge_method: "S256",
        // The demonstration's issuer keeps nobody: it always asks.
        ...(isDemo ? { prompt: "login" } : choose ? { prompt: "select_account" } : {}),
      });
      return { url: url.href, attempt };
    },
    finish: async (came, { state, nonce, codeVerifier }) => {
      const config = await configuration();
      const at = new URL(redirectUri());
      at.search = came.search;
      const tokens = await asked(() =>
        authorizationCodeGrant(config, at, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: codeVerifier,
          idTokenExpected: true,
        }),
      );
      const claims = tokens.claims();
      if (claims === undefined) throw new NodeError("SIGN_IN_REFUSED");
      const { iss, sub } = claims;
      const told = claims[groupsClaim] === undefined ? await userInfo(config, tokens.access_token, sub) : claims;
      const subject = isDemo ? personaSubject(sub) : subjectOf(iss, sub);
      return {
        subject,
        name: nameIn({ ...told, ...claims }, subject),
        roles: rolesOf(told[groupsClaim], roles),
        idToken: tokens.id_token ?? "",
      };
    },
    signOutUrl: async (idToken) => {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      const back = { post_logout_redirect_uri: `${publicUrl()}/sign-in/ended`, id_token_hint: idToken };
      return buildEndSessionUrl(config, back).href;
    },
    metadata: async () => {
      const { issuer, jwks_uri: jwksUri } = (await configuration()).serverMetadata();
      return { issuer, jwksUri };
    },
  };
}

async function discovered(
  issuer: string,
  clientId: string,
  secret: string | undefined,
  skew: number,
  mode: SignInOptions["mode"],
): Promise<Configuration> {
  const authentication = secret === undefined ? None() : ClientSecretPost(secret);
  // Signatures are checked even where TLS vouches for the issuer. Plain HTTP is for issuers on a machine of one's own.
  const execute = [enableNonRepudiationChecks, ...(mode === "local" ? [allowInsecureRequests] : [])];
  const metadata = { [clockTolerance]: skew };
  try {
    return await discovery(new URL(issuer), clientId, metadata, authentication, { execute, timeout: patienceSeconds });
  } catch (thrown) {
    throw new NodeError(isCertificateFault(thrown) ? "ISSUER_UNTRUSTED" : "ISSUER_UNREACHABLE", {}, thrown);
  }
}

const patienceSeconds = 10;

async function userInfo(config: Configuration, accessToken: string, subject: string): Promise<Record<string, unknown>> {
  if (config.serverMetadata().userinfo_endpoint === undefined) return {};
  return asked(() => fetchUserInfo(config, accessToken, subject));
}

// What the issuer said wrongly is refused; that it said nothing is another matter, and nobody's fault who signs in.
async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (thrown) {
    if (isCertificateFault(thrown)) throw new NodeError("ISSUER_UNTRUSTED", {}, thrown);
    throw new NodeError(isUnreachable(thrown) ? "ISSUER_UNREACHABLE" : "SIGN_IN_REFUSED", {}, thrown);
  }
}

const saysNothing = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

function isUnreachable(thrown: unknown): boolean {
  const { code } = thrown as { code?: unknown };
  return typeof code === "string" && code.startsWith("OAUTH_") ? saysNothing.has(code) : thrown instanceof TypeError;
}
