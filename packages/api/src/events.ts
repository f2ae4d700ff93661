// GET /api/v1/events: server-sent events, each one `data:` line of JSON without an event name.
import { z } from "zod";
import { DigestField, SizeField } from "./fields.ts";

/** The log has grown; or something came in or was registered, or a connection changed: told a few times a second at most. */
export const NodeEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("grown"), size: SizeField, rootHash: DigestField }),
  z.object({ type: z.literal("intake") }),
]);
export type NodeEvent = z.infer<typeof NodeEvent>;

/** Reads the data of one event, or returns undefined when it is none that this version knows. */
export function parseNodeEvent(data: string): NodeEvent | undefined {
  try {
    return NodeEvent.safeParse(JSON.parse(data)).data;
  } catch {
    return undefined;
  }
}
