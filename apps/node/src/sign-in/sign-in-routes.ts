// The way in: to the issuer, back from it, and what is shown when that fails. OpenID Connect Core 1.0 § 3.1.2, RFC 9700 § 2.1.

import { problemOf } from "@fiducial/api";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Guard } from "../authorization/guard.ts";
import type { Rates } from "../authorization/rates.ts";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { addressAsked } from "../serving/asked-address.ts";
import { codeOf, sendProblem } from "../serving/problems.ts";
import { ownPath } from "./attempts.ts";
import { escaped, languageOf, sendPage } from "./plain-page.ts";
import type { SignIn } from "./sign-in.ts";
import { type SignInFault, signInFaults, signInWords } from "./sign-in-words.ts";

/** What the way in leads through. */
export interface WayIn {
  readonly node: OpenNode;
  readonly signIn: SignIn;
  readonly rates: Rates;
}

/** Adds `/sign-in`, `/sign-in/callback` and `/sign-in/ended`. */
export function signInRoutes(app: FastifyInstance, guard: Guard, { node, signIn, rates }: WayIn): void {
  const refused = (thrown: Error, request: FastifyRequest, reply: FastifyReply) => {
    signIn.turnedAway(request, codeOf(thrown));
    return sendFault(thrown, request, reply);
  };
  const anybody = { onRequest: guard("public"), errorHandler: refused };

  app.get("/sign-in", anybody, async (request, reply) => {
    signIn.checkWayIn(request);
    await rates.tried(request);
    const { return: returnTo, choose } = request.query as Record<string, unknown>;
    // Cookies stay with the host that set them, so all of the way is at the one that the issuer sends browsers back to.
    if (signIn.isDemo && addressAsked(request) !== signIn.publicUrl())
      return reply.redirect(`${signIn.publicUrl()}${request.url}`);
    const { url, attempt } = await signIn.issuer.begin(ownPath(returnTo), choose !== undefined);
    signIn.cookies.attempt.put(reply, await signIn.attempts.seal(attempt));
    return reply.redirect(url);
  });

  app.get("/sign-in/callback", anybody, async (request, reply) => {
    signIn.checkWayIn(request);
    await rates.tried(request);
    const sealed = signIn.cookies.attempt.of(request);
    // One try each, also for whoever kept the cookie.
    signIn.cookies.attempt.clear(reply);
    const attempt = sealed === undefined ? undefined : await signIn.attempts.take(sealed);
    if (attempt === undefined) throw new NodeError("SIGN_IN_LOST");
    const person = await signIn.issuer.finish(new URL(request.url, signIn.publicUrl()), attempt);
    const actor = await node.operations.people.admit(person);
    const roles = node.operations.people.rolesOf(actor);
    signIn.letIn(request, reply, { ...person, actor, roles });
    return reply.redirect(attempt.returnTo);
  });

  app.get("/sign-in/ended", anybody, async (request, reply) => {
    const words = signInWords[languageOf(request)];
    return sendNotice(request, reply, 200, { ...words.ended });
  });
}

function sendFault(thrown: Error, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!/\btext\/html\b/.test(request.headers.accept ?? "")) return sendProblem(reply, thrown);
  const code = codeOf(thrown);
  const known = signInFaults.find((one) => one === code);
  const words = signInWords[languageOf(request)].faults[(known ?? "OTHER") satisfies SignInFault];
  return sendNotice(request, reply, problemOf(code).status, { ...words, code });
}

interface Notice {
  readonly title: string;
  readonly says: string;
  readonly code?: string;
}

function sendNotice(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  { title, says, code }: Notice,
): FastifyReply {
  const language = languageOf(request);
  const words = signInWords[language];
  const last = code === undefined ? "" : `<p class="code">${escaped(code)}</p>`;
  const body = `<div class="card"><h1>${escaped(title)}</h1><p>${escaped(says)}</p><a class="button" href="/sign-in?choose">${escaped(words.again)}</a> <a href="/passkey">${escaped(words.passkey)}</a> · <a href="/verify">${escaped(words.verify)}</a>${last}</div>`;
  return sendPage(reply, status, { language, title, body });
}
