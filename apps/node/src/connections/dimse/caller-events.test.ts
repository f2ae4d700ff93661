import { expect, test, vi } from "vitest";
import type { AuditTrail } from "../../audit-trail/audit-trail.ts";
import { handClock } from "../../scratch/hand-clock.ts";
import { callerEvents } from "./caller-events.ts";

function watched() {
  const clock = handClock();
  const tell = vi.fn<AuditTrail["tell"]>();
  return { clock, tell, events: callerEvents({ tell }, { callers: [{ aeTitle: "CT1" }] }, clock) };
}

test("what is alike is told once in a while, and what differs at once", () => {
  const { clock, tell, events } = watched();
  for (let at = 0; at < 5; at++) events.accepted("CT1", "10.0.0.1");
  expect(tell).toHaveBeenCalledTimes(1);
  expect(tell).toHaveBeenLastCalledWith("CALLER_ACCEPTED", {
    address: "10.0.0.1",
    actor: { type: "machine", aeTitle: "CT1" },
  });
  events.accepted("CT1", "10.0.0.2");
  events.refused("DIMSE_ADDRESS_NOT_ALLOWED", "10.0.0.1", "CT1");
  expect(tell).toHaveBeenCalledTimes(3);
  clock.advance(600_000);
  events.accepted("CT1", "10.0.0.1");
  expect(tell).toHaveBeenCalledTimes(4);
});

test("a title that nobody declared goes nowhere, and a thousand of them are one caller", () => {
  const { tell, events } = watched();
  for (let at = 0; at < 1000; at++) events.refused("DIMSE_CALLER_UNKNOWN", "10.0.0.9", `DOE^JANE${at}`);
  expect(tell.mock.calls).toEqual([
    [
      "CALLER_REFUSED",
      { outcome: "refused", code: "DIMSE_CALLER_UNKNOWN", address: "10.0.0.9", actor: { type: "machine" } },
    ],
  ]);
});

test("who calls from very many addresses does not fill the memory", () => {
  const { tell, events } = watched();
  for (let at = 0; at < 3000; at++) events.refused("DIMSE_TLS_FAILED", `10.0.${at >> 8}.${at & 255}`);
  events.refused("DIMSE_TLS_FAILED", "10.0.0.0");
  expect(tell).toHaveBeenCalledTimes(3001);
});
