// At which address of the node somebody asks: told once, for links of every service, for sign-in and for the check of hosts. RFC 9110 § 7.2, RFC 7239.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { saysForwarded } from "./forwarding.ts";

interface Asked {
  /** As a Host field has it. */
  readonly host: string | undefined;
  /** Scheme, host and port, and the path of the public address if it has one; no slash at the end. */
  readonly address: string;
}

const noted = new WeakMap<object, Asked>();

/** Makes known where each request asks, for a node with this public address if any. To be called before routes and other hooks are added. */
export function noteAddresses(app: FastifyInstance, publicUrl: string | undefined): void {
  const known = publicUrl === undefined ? undefined : knownAs(publicUrl);
  app.addHook("onRequest", async (request) => {
    noted.set(request.raw, askedAt(request, known));
  });
}

/** The host that a request asks: the Host field's, but where a declared proxy tells that it was the public one. */
export function hostAsked(request: Pick<FastifyRequest, "raw" | "headers">): string | undefined {
  const asked = noted.get(request.raw);
  return asked === undefined ? request.headers.host : asked.host;
}

/** The address that links for whoever asks begin with, without a slash at the end: the public one where that was asked. */
export function addressAsked(request: FastifyRequest): string {
  return (noted.get(request.raw) ?? askedAt(request, undefined)).address;
}

interface Known {
  readonly url: string;
  readonly host: string;
  /** As Host fields may have it, in lower case: the port that goes without saying may be said. RFC 9110 § 4.2.3. */
  readonly names: readonly string[];
}

function knownAs(publicUrl: string): Known {
  const { host, port, protocol } = new URL(publicUrl);
  const names = port === "" ? [host, `${host}:${protocol === "https:" ? 443 : 80}`] : [host];
  return { url: publicUrl.replace(/\/+$/, ""), host, names };
}

function askedAt(request: FastifyRequest, known: Known | undefined): Asked {
  const { headers, socket, host: told } = request;
  // What the framework takes from a declared proxy may be the field of a client that the proxy passed on.
  if (
    known !== undefined &&
    [told, headers.host].some((host) => host !== undefined && known.names.includes(host.toLowerCase()))
  )
    return { host: known.host, address: known.url };
  const protocol = request.protocol === "https" ? "https" : "http";
  const { host = "localhost" } = headers;
  const usual = protocol === "https" ? 443 : 80;
  const { localPort = usual } = socket;
  // Some clients leave the port out of the Host field; without anybody in between, it is the one that they connected to.
  const isMissing = !/:\d+$/.test(host) && localPort !== usual && !saysForwarded(headers);
  return { host: headers.host, address: `${protocol}://${host}${isMissing ? `:${localPort}` : ""}` };
}
