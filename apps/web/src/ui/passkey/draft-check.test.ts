// What is signed is what is shown: a draft whose bytes, id or challenge differ is none, and one that says something else is told apart.
import { formatUtcTime, seal, utf8Decode } from "@fiducial/core";
import { describe, expect, test } from "vitest";
import { challengeOf } from "./challenge.ts";
import { contentOfDraft, saysWhatWasAsked } from "./draft-check.ts";

const handle = (digit: string) => digit.repeat(32);
const now = formatUtcTime(Date.parse("2026-03-01T10:00:00.000Z"));
const sealedDraft = seal(
  {
    kind: "imaging.hold.placed",
    version: 1,
    log: "hospital.example/log",
    signers: [{ actor: handle("a"), capacity: "self", key: "b".repeat(64), organization: handle("c") }],
    occurredAt: now,
    signedAt: now,
    open: { study: handle("d"), hold: handle("e"), reason: "legal" },
    sealed: { matter: null },
  },
  new Uint8Array(32),
);
const request = {
  challenge: challengeOf(sealedDraft.id),
  rpId: "x",
  timeout: 1,
  userVerification: "required" as const,
  allowCredentials: [],
};
const draft = {
  payload: utf8Decode(sealedDraft.payload) ?? "",
  statementId: sealedDraft.id,
  signings: [{ key: "b".repeat(64), request }],
};
const act = { kind: "imaging.hold.placed", study: handle("d"), reason: "legal" } as const;

describe("a draft", () => {
  test("says what its bytes say", () => {
    const content = contentOfDraft(draft);
    expect(content?.open).toEqual({ study: handle("d"), hold: handle("e"), reason: "legal" });
    expect(content && saysWhatWasAsked(content, act)).toBe(true);
    expect(content && saysWhatWasAsked(content, { ...act, matter: "a lawsuit" } as never)).toBe(true);
  });

  test.each([
    ["other bytes", { payload: draft.payload.replace(handle("d"), handle("f")) }],
    ["another id", { statementId: "0".repeat(64) }],
    [
      "another challenge",
      {
        signings: [
          ...draft.signings,
          { key: "1".repeat(64), request: { ...request, challenge: challengeOf("0".repeat(64)) } },
        ],
      },
    ],
    ["no payload", { payload: "" }],
  ])("is none with %s", (_, change) => {
    expect(contentOfDraft({ ...draft, ...change })).toBeUndefined();
  });

  test.each([
    { ...act, study: handle("f") },
    { ...act, reason: "trial" },
    { ...act, kind: "imaging.hold.released" },
    { ...act, hold: handle("f") },
    { ...act, unheardOf: "x" },
  ])("is told apart from %j", (asked) => {
    const content = contentOfDraft(draft);
    expect(content && saysWhatWasAsked(content, asked)).toBe(false);
  });
});
