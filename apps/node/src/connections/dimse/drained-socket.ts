// Waits until what was written to a socket is on its way.
import type { Socket } from "node:net";

/** Resolves when the socket takes more, or will never. */
export function drained(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const events = ["drain", "close", "error"];
    const go = () => {
      for (const event of events) socket.off(event, go);
      resolve();
    };
    for (const event of events) socket.on(event, go);
    if (socket.destroyed) go();
  });
}
