// Rows of keys and their holders, as statements leave them.
import { describe, expect, test } from "vitest";
import { anna, dora, northlake, rosa, scanner, tess } from "../../stories/cast.ts";
import { perform, storyContract } from "../../stories/performance.ts";
import { isScrapped } from "../../stories/scenes.ts";
import { accepted, type Stage, tell } from "../../stories/stage.ts";
import { directory } from "../kernel/directory.ts";
import { keyCompromised } from "./key-compromised-1.ts";
import { keyRevoked } from "./key-revoked-1.ts";
import { roleGranted } from "./role-granted-1.ts";

const after = (story: (stage: Stage) => void) =>
  perform(storyContract, { prologue: "three-hospitals", steps: tell("rows", "2026-11-18T09:00:00.000Z", story) }).state;
const compromised = (key: string, since: string) => ({ open: { key, since }, sealed: {} });

describe("rows of keys", () => {
  test("remember why and when a key ended, and no longer count it among its holder's", () => {
    const state = after(({ says }) => {
      says(keyRevoked, rosa, { open: { key: rosa.key.id, reason: "lost" }, sealed: {} }, accepted());
    });
    const key = directory.key(state, rosa.key.id);
    expect(key?.revoked).toEqual({ at: "2026-11-18T09:00:00.000Z", reason: "lost" });
    expect(key?.compromisedSince).toBeNull();
    expect(directory.actor(state, rosa.actor)).toMatchObject({ keys: [], bound: true });
  });

  test("keep the earliest time of compromise, never a later one, nor one to come", () => {
    const [early, late, future] = ["2026-11-17T00:00:00.000Z", "2026-11-18T00:00:00.000Z", "2027-01-01T00:00:00.000Z"];
    const state = after(({ says }) => {
      says(keyCompromised, anna, compromised(rosa.key.id, late), accepted());
      says(keyCompromised, anna, compromised(rosa.key.id, early), accepted("KEY_REVOKED_BEFORE"));
      says(keyCompromised, anna, compromised(rosa.key.id, late), accepted("KEY_REVOKED_BEFORE"));
      says(keyCompromised, anna, compromised(tess.key.id, future), accepted("CLOCK_SKEW"));
    });
    expect(directory.key(state, rosa.key.id)).toMatchObject({
      compromisedSince: early,
      revoked: { reason: "compromised" },
    });
    expect(directory.key(state, tess.key.id)).toMatchObject({ compromisedSince: "2026-11-18T09:03:00.000Z" });
  });

  test("of organizations hold root keys that are not revoked", () => {
    const state = after(({ says }) => {
      const lost = compromised(northlake.key.id, "2026-11-18T08:00:00.000Z");
      says(keyCompromised, northlake, lost, accepted("ORGANIZATION_WITHOUT_KEY"));
    });
    expect(directory.organization(state, northlake.actor)).toEqual({ rootKeys: [] });
    expect(directory.key(state, northlake.key.id)).toMatchObject({ root: true, actor: northlake.actor });
  });
});

describe("rows of actors", () => {
  test("keep roles sorted, and what an actor is once it is retired", () => {
    const state = after((stage) => {
      stage.says(roleGranted, anna, { open: { actor: dora.actor, role: "auditor" }, sealed: {} }, accepted());
      isScrapped(stage, scanner);
    });
    expect(directory.actor(state, dora.actor)?.roles).toEqual(["auditor", "data-steward"]);
    expect(directory.actor(state, scanner.actor)).toMatchObject({
      type: "device",
      retired: true,
      keys: [scanner.key.id],
    });
  });
});
