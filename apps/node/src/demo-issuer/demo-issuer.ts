// The demonstration's issuer: a real one of OpenID Connect, at which anybody chooses who to be. It forgets everything with the process.
import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import Provider, { type Configuration } from "oidc-provider";
import { languageOf, pageText } from "../sign-in/plain-page.ts";
import { faultPage } from "./chooser-page.ts";
import { memoryAdapters } from "./memory-adapter.ts";
import { demoClient, personas } from "./personas.ts";

/** The cookie by which the library would know somebody again. */
export const sessionCookie = "fiducial-demo-issuer";

/** Makes the issuer of the node at `publicUrl`; its keys are made now. */
export async function demoIssuer(publicUrl: string, nowMs: () => number): Promise<Provider> {
  const { privateKey } = await generateKeyPair("ES256", { extractable: true });
  const jwks = { keys: [{ ...(await exportJWK(privateKey)), alg: "ES256", use: "sig" }] };
  const provider = new Provider(`${publicUrl}/idp`, { ...configuration(publicUrl, nowMs), jwks });
  // The library would write what fails to the console, addresses included.
  provider.on("server_error", () => {});
  return provider;
}

function configuration(publicUrl: string, nowMs: () => number): Configuration {
  return {
    adapter: memoryAdapters(nowMs),
    clients: [
      {
        client_id: demoClient,
        token_endpoint_auth_method: "none",
        grant_types: ["authorization_code"],
        response_types: ["code"],
        redirect_uris: [`${publicUrl}/sign-in/callback`],
        id_token_signed_response_alg: "ES256",
      },
    ],
    cookies: {
      keys: [randomBytes(32).toString("hex")],
      names: { session: sessionCookie, interaction: "fiducial-demo-choice", resume: "fiducial-demo-resume" },
      short: { httpOnly: true, sameSite: "lax", signed: true },
      long: { httpOnly: true, sameSite: "lax", signed: true },
    },
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
    },
    findAccount: (_, id) => {
      const persona = personas.find((one) => one.id === id);
      if (persona === undefined) return undefined;
      return { accountId: id, claims: async () => ({ sub: id, name: persona.name, groups: [persona.id] }) };
    },
    interactions: { url: (_, { uid }) => `/idp/choice/${uid}` },
    // Nobody has to agree that the demonstration knows its own people.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session?.accountId ?? "", clientId: demoClient });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: { AuthorizationCode: 60, AccessToken: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    renderError: (ctx) => {
      ctx.type = "html";
      ctx.body = pageText(faultPage(languageOf({ headers: ctx.headers })));
    },
  };
}
