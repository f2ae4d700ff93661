// Server-sent events: who listens is told when the log has grown, and when something came in. WHATWG HTML § 9.2.
import type { ServerResponse } from "node:http";
import { toHex } from "@fiducial/core";
import type { FastifyReply } from "fastify";
import { callerKey } from "../authorization/caller-key.ts";
import type { OpenNode } from "../compose.ts";
import type { ServerLimits } from "./limits.ts";
import { places } from "./places.ts";
import { securityHeaders } from "./security-headers.ts";

/** Those who listen. */
export interface Listeners {
  /** Answers with events until whoever asked has gone, or `mayListen` says that they may no more. Throws TOO_MANY_LISTENERS. */
  serve(reply: FastifyReply, mayListen: () => Promise<boolean>): FastifyReply;
  /** Ends every answer: a server that closes would else wait for ever. */
  end(): void;
  count(): number;
}

/** Objects come by the hundred a second, and people look on a few times. */
const intakeMs = 300;
/** Whoever has signed out hears of nothing for longer. */
const mostUnaskedMs = 5000;

/** Makes the listeners of a node. */
export function listenersOf(
  node: OpenNode,
  { listeners, unreadBytes, heartbeatMs }: Pick<ServerLimits, "listeners" | "unreadBytes" | "heartbeatMs">,
): Listeners {
  const seats = places(listeners, "TOO_MANY_LISTENERS");
  const open = new Set<ServerResponse>();
  const intake = throttled(intakeMs, () => {
    for (const response of open) write(response, `data: ${JSON.stringify({ type: "intake" })}\n\n`);
  });
  const stopping = [node.inbox.onChange(intake.tell), node.connections.onChange(intake.tell), intake.stop];

  // What a listener does not read is kept for it, so one that reads nothing is let go: browsers come back by themselves.
  function write(response: ServerResponse, text: string): void {
    if (response.writableEnded) return;
    response.write(text);
    if (response.writableLength > unreadBytes) response.destroy();
  }

  return {
    serve: (reply, mayListen) => {
      if (reply.request.method === "HEAD") return reply.type("text/event-stream").send();
      const leave = seats.take(callerKey(reply.request));
      reply.hijack();
      const response = reply.raw;
      open.add(response);
      response.writeHead(200, {
        ...securityHeaders,
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        // The answer ends with the server or with whoever asked; nothing comes after it.
        connection: "close",
      });
      const tell = () => {
        const { size, rootHash } = node.replica.head();
        write(response, `data: ${JSON.stringify({ type: "grown", size, rootHash: toHex(rootHash) })}\n\n`);
      };
      const stop = node.projector.onGrown(tell);
      const heartbeat = setInterval(() => write(response, ": still here\n\n"), heartbeatMs);
      const looking = setInterval(
        async () => {
          // Whose token is none any more is refused like those who have none.
          if (!(await mayListen().catch(() => false))) response.end();
        },
        Math.min(mostUnaskedMs, heartbeatMs),
      );
      response.once("close", () => {
        clearInterval(heartbeat);
        clearInterval(looking);
        stop();
        open.delete(response);
        leave();
      });
      tell();
      return reply;
    },
    end: () => {
      for (const stop of stopping) stop();
      for (const response of open) response.end();
    },
    count: seats.taken,
  };
}

// What happens meanwhile is told once, at the end of the time.
function throttled(ms: number, tell: () => void): { tell(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  return {
    tell: () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        tell();
      }, ms).unref();
    },
    stop: () => clearTimeout(timer),
  };
}
