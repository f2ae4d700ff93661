// Audits over HTTP: lines of JSON that tell how far one is, and last how it came out; one at a time, and only as long as somebody reads.
import { PassThrough, type Readable } from "node:stream";
import type { OpenNode } from "../compose.ts";
import type { ServerLimits } from "../serving/limits.ts";
import { places } from "../serving/places.ts";

/** Audits that were asked for over HTTP. */
export interface HttpAudits {
  /** Begins one. Throws AUDIT_UNDER_WAY. */
  lines(): Readable;
}

/** Offers audits of a node. */
export function httpAudits(
  node: OpenNode,
  { audits, heartbeatMs }: Pick<ServerLimits, "audits" | "heartbeatMs">,
): HttpAudits {
  const seats = places(audits, "AUDIT_UNDER_WAY");
  return {
    lines: () => {
      const leave = seats.take();
      const lines = new PassThrough();
      const left = new AbortController();
      let last = { done: 0, total: node.store.head().edge.size };
      const write = (line: object) => void lines.write(`${JSON.stringify(line)}\n`);
      // Stored objects are read in silence: the last line again says that somebody works.
      const heartbeat = setInterval(() => write(last), heartbeatMs);
      const progress = (done: number, total: number) => {
        last = { done, total };
        write(last);
      };
      lines.once("close", () => left.abort());
      node
        .audit(progress, left.signal)
        .then(
          (result) => {
            write(result);
            lines.end();
          },
          (thrown: Error) => lines.destroy(thrown),
        )
        .finally(() => {
          clearInterval(heartbeat);
          leave();
        });
      return lines;
    },
  };
}
