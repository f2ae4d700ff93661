// An issuer of OpenID Connect that is none of the node's: oidc-provider on a port of its own, whose users sign in without a page, and which can lie.
import { createServer, type RequestListener, type Server } from "node:http";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import Provider from "oidc-provider";
import { onTestFinished } from "vitest";
import { memoryAdapters } from "../demo-issuer/memory-adapter.ts";
import type { IssuerOptions } from "../sign-in/sign-in-options.ts";

/** What a lying issuer puts into the ID token instead. */
export type Lie = Readonly<Record<string, unknown>>;

export interface OutsideIssuer {
  readonly url: string;
  readonly options: IssuerOptions;
  /** Who signs in next, and to which groups they belong. */
  user: { id: string; name: string; groups: unknown };
  /** Changes the claims of ID tokens; signed with its own key, or one that nobody knows. */
  lie: { readonly claims?: Lie; readonly strangeKey?: boolean } | undefined;
  /** An access token of its own, with these claims beside the usual. */
  accessToken(claims: Lie, header?: Lie): Promise<string>;
  /** Begins to answer, for a node at this address. */
  serve(nodeUrl: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
}

const outsideClient = { client_id: "hospital-node", client_secret: "a secret that only these two know" };

/** Takes a port for one, until the test is over. */
export async function outsideIssuer(): Promise<OutsideIssuer> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const strange = await generateKeyPair("RS256");
  let server: Server = createServer();
  let answer: RequestListener = (_, reply) => void reply.writeHead(503).end();
  server.on("request", (request, reply) => answer(request, reply));
  const port = await listening(server, 0);
  const url = `http://localhost:${port}`;
  const key = { ...(await exportJWK(privateKey)), alg: "RS256", use: "sig", kid: "k" };
  const issuer: OutsideIssuer = {
    url,
    options: {
      issuer: url,
      clientId: outsideClient.client_id,
      clientSecret: outsideClient.client_secret,
      scopes: ["profile"],
      groupsClaim: "groups",
      roles: { "RAD-MTR": ["technologist"], "RAD-DOC": ["radiologist", "educator"], "IT-PACS": ["administrator"] },
      audience: "https://node.example/api",
    },
    user: { id: "u1", name: "Una Berg", groups: ["RAD-MTR"] },
    lie: undefined,
    accessToken: (claims, header = {}) => {
      const now = Math.floor(Date.now() / 1000);
      const usual = {
        iss: url,
        aud: issuer.options.audience,
        sub: "machine-1",
        client_id: "machine-1",
        iat: now,
        exp: now + 300,
      };
      return new SignJWT({ ...usual, ...claims } as never)
        .setProtectedHeader({ alg: "RS256", kid: "k", typ: "at+jwt", ...header })
        .sign(privateKey);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    start: async () => {
      server = createServer((request, reply) => answer(request, reply));
      await listening(server, port);
    },
    serve: (nodeUrl) => {
      const provider = providerOf(url, nodeUrl, { keys: [key] }, issuer);
      provider.use(async (ctx, next) => {
        if (!ctx.path.startsWith("/choice/")) return next();
        ctx.respond = false;
        const login = { accountId: issuer.user.id, remember: false };
        await provider.interactionFinished(ctx.req, ctx.res, { login }, { mergeWithLastSubmission: false });
      });
      provider.use(async (ctx, next) => {
        await next();
        const body = ctx.body as { id_token?: string } | undefined;
        if (issuer.lie !== undefined && body?.id_token !== undefined)
          body.id_token = await lied(
            body.id_token,
            issuer.lie,
            issuer.lie.strangeKey ? strange.privateKey : privateKey,
          );
      });
      answer = provider.callback();
    },
  };
  onTestFinished(() => issuer.stop());
  return issuer;
}

async function lied(idToken: string, { claims }: NonNullable<OutsideIssuer["lie"]>, key: CryptoKey): Promise<string> {
  const told = JSON.parse(Buffer.from(idToken.split(".")[1] ?? "", "base64url").toString()) as Lie;
  return new SignJWT({ ...told, ...claims } as never).setProtectedHeader({ alg: "RS256", kid: "k" }).sign(key);
}

function providerOf(url: string, nodeUrl: string, jwks: object, issuer: OutsideIssuer): Provider {
  return new Provider(url, {
    jwks: jwks as never,
    adapter: memoryAdapters(Date.now),
    clients: [
      {
        ...outsideClient,
        token_endpoint_auth_method: "client_secret_post",
        redirect_uris: [`${nodeUrl}/sign-in/callback`],
        post_logout_redirect_uris: [`${nodeUrl}/sign-in/ended`],
      },
    ],
    cookies: { keys: ["outside"] },
    claims: { openid: ["sub"], profile: ["name", "groups"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { AuthorizationCode: 60, AccessToken: 60, IdToken: 300, Interaction: 600, Session: 600, Grant: 600 },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: async () => ({ sub: id, ...issuer.user, groups: issuer.user.groups }) as never,
    }),
    interactions: { url: (_, { uid }) => `/choice/${uid}` },
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({
        accountId: ctx.oidc.session?.accountId ?? "",
        clientId: outsideClient.client_id,
      });
      grant.addOIDCScope("openid profile");
      await grant.save();
      return grant;
    },
  });
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
}
