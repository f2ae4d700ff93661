// Which acts a study's page offers: those that say something new of it, to those who may state them.
import { expect, test } from "vitest";
import { sensibleActs } from "./study-acts.tsx";
import type { StudyStanding } from "./study-marks.tsx";

const [study, hold, other] = ["1", "a", "b"].map((digit) => digit.repeat(32)) as [string, string, string];
const clear: StudyStanding = { notices: [], holds: [] };
const rejected = (scope: "study" | "series"): StudyStanding => ({
  ...clear,
  rejection: { reason: "quality", scope, instances: 2 },
});

function offered(standing: StudyStanding, role = "data-steward"): readonly string[] {
  const kinds = sensibleActs({ study, ...standing }, [role]).map(({ kind }) => kind.split(".").slice(1).join(" "));
  return [...new Set(kinds)];
}

test("a hold is offered where there is none, and the end of each that there is", () => {
  expect(offered(clear)).toEqual(["hold placed", "study rejected"]);
  expect(offered({ ...clear, holds: [hold] })).toEqual(["hold released", "study rejected"]);
  const released = sensibleActs({ study, ...clear, holds: [hold, other] }, ["auditor"]);
  expect(released).toEqual([hold, other].map((one) => ({ kind: "imaging.hold.released", study, hold: one })));
});

test("what is rejected whole, or destroyed, is not rejected again; what is destroyed is not held", () => {
  expect(offered(rejected("study"))).toEqual(["hold placed"]);
  expect(offered(rejected("series"))).toEqual(["hold placed", "study rejected"]);
  const destroyed: StudyStanding = { ...clear, notices: ["STUDY_DESTROYED"] };
  expect(offered(destroyed)).toEqual([]);
  expect(offered({ ...destroyed, holds: [hold] })).toEqual(["hold released"]);
});

test("roles are offered what they may state", () => {
  expect(offered(clear, "technologist")).toEqual(["study rejected"]);
  expect(offered(clear, "auditor")).toEqual(["hold placed"]);
  expect(offered(clear, "trial-coordinator")).toEqual([]);
});
