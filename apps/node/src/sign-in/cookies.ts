// The cookies of the node: the session's, and those of a sign-in that is under way. RFC 6265bis.
import { createHash } from "node:crypto";
import type { CookieSerializeOptions } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";

/** The cookies of one node. */
export interface Cookies {
  readonly session: Cookie;
  readonly attempt: Cookie;
  /** That of whoever is about to sign in with a passkey. */
  readonly passkey: Cookie;
}

/** One cookie. */
export interface Cookie {
  readonly name: string;
  of(request: FastifyRequest): string | undefined;
  put(reply: FastifyReply, value: string): void;
  clear(reply: FastifyReply): void;
}

/**
 * Names the cookies. Cookies know no ports, and several nodes may be on one machine: each has names of its own, made of its log's origin.
 * Behind HTTPS, `__Host-` keeps other hosts of the domain from setting them.
 */
export function cookiesOf(origin: string, secure: boolean): Cookies {
  const mark = createHash("sha256").update(origin).digest("hex").slice(0, 8);
  const prefix = secure ? "__Host-" : "";
  const options: CookieSerializeOptions = { path: "/", httpOnly: true, sameSite: "lax", secure };
  return {
    session: cookie(`${prefix}fiducial-session-${mark}`, options),
    attempt: cookie(`${prefix}fiducial-sign-in-${mark}`, { ...options, maxAge: 600 }),
    passkey: cookie(`${prefix}fiducial-passkey-${mark}`, { ...options, sameSite: "strict", maxAge: 300 }),
  };
}

function cookie(name: string, options: CookieSerializeOptions): Cookie {
  return {
    name,
    of: ({ cookies }) => cookies[name],
    put: (reply, value) => void reply.setCookie(name, value, options),
    clear: (reply) => void reply.clearCookie(name, options),
  };
}
