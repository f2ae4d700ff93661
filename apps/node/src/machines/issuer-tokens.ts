// Access tokens that the organization's issuer gives to machines: JWTs for this node's audience. RFC 9068.
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Caller } from "../authorization/caller.ts";
import { NodeError } from "../node-error.ts";
import type { Issuer } from "../sign-in/issuer.ts";
import { subjectOf } from "../sign-in/subject.ts";
import { scopesIn } from "./token-clients.ts";

/** Tells whose token this is. Rejects with TOKEN_INVALID, ISSUER_UNREACHABLE. */
export type IssuerTokens = (token: string) => Promise<Caller>;

// What is signed with a key that the issuer publishes; nothing that a shared secret, or nothing at all, could have signed.
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];

/** Takes tokens of an issuer that name `audience`. */
export function issuerTokens(
  issuer: Issuer,
  {
    audience,
    clockSkewSeconds,
    nowMs,
  }: { readonly audience: string; readonly clockSkewSeconds: number; nowMs(): number },
): IssuerTokens {
  let keys: { readonly uri: string; readonly get: JWTVerifyGetKey } | undefined;
  return async (token) => {
    const { issuer: name, jwksUri } = await issuer.metadata();
    if (jwksUri === undefined) throw new NodeError("TOKEN_INVALID");
    if (keys?.uri !== jwksUri) keys = { uri: jwksUri, get: createRemoteJWKSet(new URL(jwksUri)) };
    const currentDate = new Date(nowMs());
    const terms = { issuer: name, audience, algorithms, clockTolerance: clockSkewSeconds, currentDate };
    const checked = await jwtVerify(token, keys.get, { ...terms, requiredClaims: ["exp", "sub"] }).catch((thrown) => {
      throw new NodeError(isUnread(thrown) ? "ISSUER_UNREACHABLE" : "TOKEN_INVALID", {}, thrown);
    });
    // An ID token is for who signs in, not for who asks: RFC 9068 § 4 has access tokens say what they are.
    const { typ = "" } = checked.protectedHeader;
    if (!/^(?:application\/)?at\+jwt$/i.test(typ) && checked.payload["scope"] === undefined)
      throw new NodeError("TOKEN_INVALID");
    const { sub = "", scope, client_id: client } = checked.payload;
    return {
      type: "machine",
      subject: subjectOf(name, sub),
      name: typeof client === "string" ? client.slice(0, 200) : sub.slice(0, 200),
      scopes: typeof scope === "string" ? scopesIn(scope) : [],
    };
  };
}

// Everything else that jose throws is about the token.
function isUnread(thrown: unknown): boolean {
  const { code } = thrown as { code?: unknown };
  return code === undefined || code === "ERR_JWKS_TIMEOUT" || code === "ERR_JOSE_GENERIC";
}
