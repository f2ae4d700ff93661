// `/idp`: the demonstration's issuer on the node's own server, and its page. Its requests are the library's; answers carry the node's security headers.
import { parse } from "node:querystring";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type Provider from "oidc-provider";
import type { Guard } from "../authorization/guard.ts";
import { NodeError } from "../node-error.ts";
import { securityHeaders } from "../serving/security-headers.ts";
import { languageOf, sendPage } from "../sign-in/plain-page.ts";
import { isFromElsewhere } from "../sign-in/request-origin.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import { isSentHere, tellsItsOrigin } from "./at-this-machine.ts";
import { chooserPage, faultPage } from "./chooser-page.ts";
import { demoIssuer, sessionCookie } from "./demo-issuer.ts";
import { personas } from "./personas.ts";

/** Adds the issuer's addresses; bodies of its own go to the library as they come. */
export function demoIssuerRoutes(app: FastifyInstance, guard: Guard, signIn: SignIn, nowMs: () => number): void {
  let made: Promise<Provider> | undefined;
  const provider = () => {
    made ??= demoIssuer(signIn.publicUrl(), nowMs);
    return made;
  };
  const onRequest = [guard("public"), async (request: FastifyRequest) => signIn.checkWayIn(request)];
  app.get("/idp/choice/:uid", { onRequest }, async (request, reply) => {
    const found = await (await provider()).interactionDetails(request.raw, reply.raw).catch(() => undefined);
    if (found === undefined) return sendPage(reply, 404, faultPage(languageOf(request)));
    reply.headers(tellsItsOrigin);
    return sendPage(reply, 200, chooserPage(languageOf(request), `/idp/choice/${found.uid}`));
  });
  app.post("/idp/choice/:uid", { onRequest, bodyLimit: 4096 }, async (request, reply) => {
    const publicUrl = signIn.publicUrl();
    if (isFromElsewhere(request, new URL(publicUrl).origin) || !isSentHere(request, publicUrl))
      throw new NodeError("ORIGIN_FOREIGN");
    const { persona: id } = parse(typeof request.body === "string" ? request.body : "");
    const persona = personas.find((one) => one.id === id);
    if (persona === undefined) throw new NodeError("REQUEST_INVALID");
    const login = { accountId: persona.id, remember: false };
    const back = await (await provider()).interactionResult(request.raw, reply.raw, { login }).catch(() => undefined);
    return back === undefined ? sendPage(reply, 404, faultPage(languageOf(request))) : reply.redirect(back, 303);
  });
  app.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser("*", (_, payload, done) => done(null, payload));
    room.route({
      method: ["GET", "POST"],
      url: "/idp/*",
      onRequest,
      handler: async (request, reply) => handOver(await provider(), request, reply),
    });
  });
}

// The issuer knows nobody from before: to be another person is to choose another, and needs no leaving.
function withoutSession(cookies: string): string {
  const pairs = cookies.split(/; */);
  return pairs.filter((pair) => !pair.startsWith(sessionCookie)).join("; ");
}

// The library finds out where it is mounted from the address before and after.
function handOver(provider: Provider, { raw }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  for (const [name, value] of Object.entries(securityHeaders)) reply.raw.setHeader(name, value);
  raw.headers.cookie = withoutSession(raw.headers.cookie ?? "");
  const mounted = Object.assign(raw, { originalUrl: raw.url, url: (raw.url ?? "").slice("/idp".length) });
  void provider.callback()(mounted, reply.raw);
}
