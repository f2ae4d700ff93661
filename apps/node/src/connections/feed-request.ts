// Requests to a feed or to the PACS: http and https, no redirections, no link-local machines, bounded in time. RFC 3927, RFC 4291 § 2.5.6.
import { type LookupAddress, lookup } from "node:dns";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { NodeError, type NodeErrorCode } from "../node-error.ts";

/** A server that is asked. */
export interface FeedServer {
  /** Where its paths begin; https, or http within the hospital's network. */
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** The roots that its certificate leads to, in PEM; the usual ones, unless told. */
  readonly ca?: string | undefined;
  /** Milliseconds without a byte, and for an answer as a whole. */
  readonly idleMs?: number | undefined;
  readonly longestMs?: number | undefined;
  /** Milliseconds for JSON as a whole: it is small. */
  readonly jsonMs?: number | undefined;
}

/** What goes wrong with a server, in the codes of whoever asks it. */
export interface ServerFaults {
  readonly unreachable: NodeErrorCode;
  readonly denied: NodeErrorCode;
  readonly foreign: NodeErrorCode;
  readonly failed: NodeErrorCode;
  readonly addressRefused: NodeErrorCode;
}

/** How something is asked for. */
export interface Asking {
  /** The media types that are taken; any, unless told. */
  readonly accept?: string;
  /** Whether an answer without content (204) is one. */
  readonly mayBeEmpty?: boolean;
  /** Bytes that JSON may have: what the asked for can need, and 256 KiB unless told. Whatever is more is not read. */
  readonly mostBytes?: number;
}

export interface FeedClient {
  /** Gets a path below the address. Resolves with a body that the caller reads to its end or destroys, or with undefined for what is not there. Rejects with the codes of its faults. */
  get(path: string, asking?: Asking): Promise<IncomingMessage | undefined>;
  /** Gets JSON, in half a minute; null for an answer without content. Rejects with the codes of its faults. */
  json(path: string, asking?: Asking): Promise<unknown>;
  /** Turns what a connection broke on into a code; leaves codes as they are. */
  broken(thrown: unknown): NodeError;
  close(): void;
}

const feedFaults: ServerFaults = {
  unreachable: "FEED_UNREACHABLE",
  denied: "FEED_DENIED",
  foreign: "FEED_FOREIGN",
  failed: "FEED_FAILED",
  addressRefused: "FEED_ADDRESS_REFUSED",
};

const usualIdleMs = 30_000;
/** Nobody holds a place by sending a byte now and then. */
const usualLongestMs = 3_600_000;
const usualJsonMs = 30_000;
/** Parsing holds everybody up: this much takes milliseconds, whatever it is. */
const usualJsonBytes = 2 ** 18;

// Cloud machines hand their keys out at such an address, and no archive has one.
const linkLocal = new BlockList();
linkLocal.addSubnet("169.254.0.0", 16, "ipv4");
linkLocal.addSubnet("fe80::", 10, "ipv6");

/** Makes a client. Throws FEED_ADDRESS_REFUSED, or what `faults` has in its place. */
export function feedClient(server: FeedServer, faults: ServerFaults = feedFaults): FeedClient {
  const { url, user, password = "", ca, idleMs = usualIdleMs, longestMs = usualLongestMs } = server;
  const jsonMs = Math.min(longestMs, server.jsonMs ?? usualJsonMs);
  const base = baseOf(url, faults);
  const isSecure = base.protocol === "https:";
  const agent = new (isSecure ? HttpsAgent : HttpAgent)({ keepAlive: true, maxSockets: 8 });
  const fixed = {
    agent,
    lookup: lookupSafely(faults),
    timeout: idleMs,
    ...(user === undefined ? {} : { auth: `${user}:${password}` }),
    ...(ca === undefined ? {} : { ca }),
  };
  const broken = (thrown: unknown) => brokenOn(thrown, faults);

  function send(path: string, accept: string, wholeMs: number): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = { ...fixed, signal: AbortSignal.timeout(wholeMs), headers: { accept } };
      const asked = (isSecure ? httpsRequest : httpRequest)(new URL(path, base), options, (answer) => {
        clearTimeout(headTimer);
        resolve(answer);
      });
      const giveUp = () => asked.destroy(new NodeError(faults.unreachable));
      // Interim answers (1xx) are bytes, and no answer.
      const headTimer = setTimeout(giveUp, 2 * idleMs).unref();
      asked.on("timeout", giveUp);
      asked.on("error", (thrown) => {
        clearTimeout(headTimer);
        reject(broken(thrown));
      });
      asked.end();
    });
  }

  async function get(path: string, { accept = "*/*", mayBeEmpty = false }: Asking = {}, wholeMs = longestMs) {
    const answer = await send(path, accept, wholeMs);
    const { statusCode = 0 } = answer;
    if (statusCode === 200 || (statusCode === 204 && mayBeEmpty)) return answer;
    answer.destroy();
    if (statusCode === 404) return undefined;
    if (statusCode === 401 || statusCode === 403) throw new NodeError(faults.denied);
    throw new NodeError(statusCode >= 500 ? faults.failed : faults.foreign);
  }

  return {
    get: (path, asking) => get(path, asking),
    json: async (path, asking = {}) => {
      const answer = await get(path, asking, jsonMs);
      if (answer === undefined) throw new NodeError(faults.foreign);
      const text = await textOf(answer, asking.mostBytes ?? usualJsonBytes, faults);
      if (answer.statusCode === 204) return null;
      try {
        return JSON.parse(text);
      } catch (thrown) {
        throw new NodeError(faults.foreign, {}, thrown);
      }
    },
    broken,
    close: () => agent.destroy(),
  };
}

function brokenOn(thrown: unknown, { unreachable }: ServerFaults): NodeError {
  return thrown instanceof NodeError ? thrown : new NodeError(unreachable, {}, thrown);
}

function baseOf(text: string, { addressRefused }: ServerFaults): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, "") ?? "";
  const isWeb = url?.protocol === "http:" || url?.protocol === "https:";
  if (url === undefined || !isWeb || url.username !== "" || url.password !== "" || isLinkLocal(host))
    throw new NodeError(addressRefused);
  return new URL(`${url.pathname.replace(/\/*$/, "")}/`, url);
}

function isLinkLocal(address: string): boolean {
  const version = isIP(address);
  return version !== 0 && linkLocal.check(address, version === 6 ? "ipv6" : "ipv4");
}

// A name may lead anywhere, and elsewhere at the next asking: what counts is the address that is connected to.
function lookupSafely({ unreachable, addressRefused }: ServerFaults): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, addresses: readonly LookupAddress[] = []) => {
      const first = addresses[0];
      if (error !== null || first === undefined) return done(error ?? new NodeError(unreachable), "", 0);
      if (addresses.some(({ address }) => isLinkLocal(address))) return done(new NodeError(addressRefused), "", 0);
      if (options.all === true) return done(null, [...addresses]);
      return done(null, first.address, first.family);
    });
  };
}

async function textOf(answer: IncomingMessage, mostBytes: number, faults: ServerFaults): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw new NodeError(faults.foreign);
      chunks.push(chunk);
    }
  } catch (thrown) {
    answer.destroy();
    throw brokenOn(thrown, faults);
  }
  return Buffer.concat(chunks).toString("utf8");
}
