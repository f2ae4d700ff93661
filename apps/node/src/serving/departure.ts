// Whether somebody still waits for an answer.
import type { FastifyReply } from "fastify";

/** Makes a signal that is aborted when whoever asked goes before the answer is sent. */
export function departureOf({ raw }: Pick<FastifyReply, "raw">): AbortSignal {
  const left = new AbortController();
  if (raw.destroyed) left.abort();
  raw.once("close", () => {
    if (!raw.writableFinished) left.abort();
  });
  return left.signal;
}
