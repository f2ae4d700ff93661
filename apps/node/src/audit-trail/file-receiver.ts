// Events in a file, one line of JSON each, for whatever reads files: durable before the next are asked for.
import { open } from "node:fs/promises";
import type { Receiver } from "./receiver.ts";

/** Makes a receiver that adds lines to a file, opened anew each time: it may be moved away at any moment. */
export function fileReceiver(path: string): Receiver {
  let reached = 0;
  return {
    name: "file",
    deliver: async (events) => {
      if (events.length === 0) return reached;
      const file = await open(path, "a", 0o600);
      try {
        await file.appendFile(events.map(({ event }) => `${JSON.stringify(event)}\n`).join(""));
        await file.sync();
      } finally {
        await file.close();
      }
      reached = events.at(-1)?.place ?? reached;
      return reached;
    },
    handed: () => reached,
    close: () => {},
  };
}
