import { expect, test } from "vitest";
import { en } from "../../i18n/en.ts";
import { algorithmName, keyStateOf } from "./key-state.ts";

const key = { key: "ab".repeat(32), algorithm: "Ed25519", index: 3 };

test.each([
  ["used", {}, {}],
  ["superseded", { endedBy: 9, reason: "superseded" }, {}],
  ["lost", { endedBy: 9, reason: "lost" }, { retiredBy: 12 }],
  ["ceased", { endedBy: 9, reason: "ceased" }, {}],
  ["compromised", { endedBy: 9, reason: "compromised", compromisedSince: "2026-01-01T00:00:00.000Z" }, {}],
  ["compromised", { endedBy: 9, reason: "superseded", compromisedSince: "2026-01-01T00:00:00.000Z" }, {}],
  ["ended", { endedBy: 9, reason: "toString" }, {}],
  ["ended", { endedBy: 9 }, {}],
  ["retired", {}, { retiredBy: 12 }],
] as const)("%s", (state, ended, owner) => {
  expect(keyStateOf({ ...key, ...ended }, owner)).toBe(state);
});

test("a passkey is called one", () => {
  expect(algorithmName("WebAuthn-P-256", en.identity.one.algorithms)).toBe("Passkey, P-256");
  expect(algorithmName("Ed25519", en.identity.one.algorithms)).toBe("Ed25519");
});
