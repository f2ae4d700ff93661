// Room for bodies that are held in memory until they are answered: what has come takes it, whatever a request announces.
import { Readable } from "node:stream";
import type { FastifyRequest, preParsingAsyncHookHandler } from "fastify";
import { NodeError } from "../node-error.ts";
import { shareOf } from "./places.ts";

/** Room for bodies. */
export interface BodyRoom {
  /** The preParsing hook of routes whose bodies share it. Refuses with BUSY what comes beyond it, or beyond half of it from one caller. */
  readonly hook: preParsingAsyncHookHandler;
  /** Bytes that are taken. */
  bytes(): number;
}

/** Makes room for so many bytes, and for one more of the largest bodies; `callerOf` says whose a request is. */
export function bodyRoom(
  mostBytes: number,
  largestBody: number,
  callerOf: (request: FastifyRequest) => string,
): BodyRoom {
  const mostOfOne = Math.max(shareOf(mostBytes), largestBody);
  const bodies = new Set<Body>();

  function grow(body: Body, bytes: number): void {
    body.bytes += bytes;
    const [first] = bodies;
    // One always comes to its end: they would else refuse each other.
    if (body === first) return;
    const own = bytesIn([...bodies].filter(({ caller }) => caller === body.caller));
    if (bytesIn(bodies) > mostBytes || own > mostOfOne) throw new NodeError("BUSY");
  }

  return {
    hook: async (request, reply, payload) => {
      const body: Body = { caller: callerOf(request), bytes: 0 };
      bodies.add(body);
      reply.raw.once("close", () => bodies.delete(body));
      return Readable.from(
        counted(payload as Readable, (bytes) => grow(body, bytes)),
        { objectMode: false },
      );
    },
    bytes: () => bytesIn(bodies),
  };
}

interface Body {
  readonly caller: string;
  bytes: number;
}

// Who sent it is still to be answered: the connection stays.
async function* counted(payload: Readable, grow: (bytes: number) => void): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of payload.iterator({ destroyOnReturn: false })) {
    grow((chunk as Uint8Array).length);
    yield chunk as Uint8Array;
  }
}

function bytesIn(bodies: Iterable<Body>): number {
  let sum = 0;
  for (const { bytes } of bodies) sum += bytes;
  return sum;
}
