// Requests to a feed: http and https, no redirections, no link-local machines, bounded in time. RFC 3927, RFC 4291 § 2.5.6.
import { type LookupAddress, lookup } from "node:dns";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { NodeError } from "../node-error.ts";

/** A server that is asked. */
export interface FeedServer {
  /** Where its paths begin; https, or http within the hospital's network. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

export interface FeedClient {
  /** Gets a path below the address. Resolves with a body that the caller reads to its end or destroys, or with undefined for what is not there. Rejects with FEED_* codes. */
  get(path: string): Promise<IncomingMessage | undefined>;
  /** Gets JSON of at most 16 MiB. Rejects with FEED_* codes. */
  json(path: string): Promise<unknown>;
  close(): void;
}

const idleMs = 30_000;
/** Nobody holds a place by sending a byte now and then. */
const longestMs = 3_600_000;
const mostJsonBytes = 16 * 2 ** 20;

// Cloud machines hand their keys out at such an address, and no archive has one.
const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16, "ipv4");
linkLocal.addSubnet("fe80::", 10, "ipv6");

/** Makes a client. Throws FEED_ADDRESS_REFUSED. */
export function feedClient({ url, user, password = "" }: FeedServer): FeedClient {
  const base = baseOf(url);
  const isSecure = base.protocol === "https:";
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 8 });
  const auth = user === undefined ? {} : { auth: `${user}:${password}` };

  function send(path: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = {
        agent,
        lookup: lookupSafely,
        timeout: idleMs,
        signal: AbortSignal.timeout(longestMs),
        headers: { accept: "*/*" },
        ...auth,
      };
      const asked = (isSecure ? httpsRequest : httpRequest)(new URL(path, base), options, resolve);
      asked.on("timeout", () => asked.destroy(new NodeError("FEED_UNREACHABLE")));
      asked.on("error", (thrown) => reject(unreachable(thrown)));
      asked.end();
    });
  }

  async function get(path: string): Promise<IncomingMessage | undefined> {
    const answer = await send(path);
    const { statusCode = 0 } = answer;
    if (statusCode === 200) return answer;
    answer.destroy();
    if (statusCode === 404) return undefined;
    if (statusCode === 401 || statusCode === 403) throw new NodeError("FEED_DENIED");
    throw new NodeError(statusCode >= 500 ? "FEED_FAILED" : "FEED_FOREIGN");
  }

  return {
    get,
    json: async (path) => {
      const answer = await get(path);
      if (answer === undefined) throw new NodeError("FEED_FOREIGN");
      const text = await textOf(answer);
      try {
        return JSON.parse(text);
      } catch (thrown) {
        throw new NodeError("FEED_FOREIGN", {}, thrown);
      }
    },
    close: () => agent.destroy(),
  };
}

/** Turns what a connection broke on into FEED_UNREACHABLE; leaves codes as they are. */
export function unreachable(thrown: unknown): NodeError {
  return thrown instanceof NodeError ? thrown : new NodeError("FEED_UNREACHABLE", {}, thrown);
}

function baseOf(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, "") ?? "";
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (url === undefined || !isWeb || url.username !== "" || url.password !== "" || isLinkLocal(host))
    throw new NodeError("FEED_ADDRESS_REFUSED");
  return new URL(`${url.pathname.replace(/\/*$/, "")}/`, url);
}

function isLinkLocal(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && linkLocal.check(address, version === 6 ? "ipv6" : "ipv4");
}

// A name may lead anywhere, and elsewhere at the next asking: what counts is the address that is connected to.
const lookupSafely: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, all: true }, (error, addresses: readonly LookupAddress[] = []) => {
    const first = addresses[0];
    if (error !== null || first === undefined) return done(error ?? new NodeError("FEED_UNREACHABLE"), "", 0);
    if (addresses.some(({ address }) => isLinkLocal(address)))
      return done(new NodeError("FEED_ADDRESS_REFUSED"), "", 0);
    if (options.all === true) return done(null, [...addresses]);
    return done(null, first.address, first.family);
  });
};

async function textOf(answer: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostJsonBytes) throw new NodeError("FEED_FOREIGN");
      chunks.push(chunk);
    }
  } catch (thrown) {
    answer.destroy();
    throw unreachable(thrown);
  }
  return Buffer.concat(chunks).toString("utf8");
}
