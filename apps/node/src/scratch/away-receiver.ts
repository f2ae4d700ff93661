// A receiver of security events that takes nothing until it is back, for tests.
import type { Receiver } from "../audit-trail/receiver.ts";
import type { SecurityEvent } from "../audit-trail/security-event.ts";

/** Makes one, and tells what it took once it was back. */
export function awayReceiver() {
  const taken = new Map<number, SecurityEvent>();
  let isBack = false;
  let reached = 0;
  const receiver: Receiver = {
    name: "away",
    deliver: async (events) => {
      if (!isBack) throw new Error("away");
      for (const { place, event } of events) taken.set(place, event);
      reached = events.at(-1)?.place ?? reached;
      return reached;
    },
    handed: () => reached,
    close: () => {},
  };
  const comeBack = () => {
    isBack = true;
  };
  return { receiver, comeBack, taken: () => [...taken.values()] };
}
