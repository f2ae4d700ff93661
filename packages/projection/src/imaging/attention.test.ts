// What waits for somebody: found when it begins, gone when it ends, whichever way it does.
import type { Content, JsonObject } from "@fiducial/core";
import { beforeEach, expect, test } from "vitest";
import { openProjection, type Projection } from "../projection.ts";

const [chest, knee] = ["1", "2"].map((digit) => digit.repeat(32)) as [string, string];
const startMs = Date.parse("2026-11-01T00:00:00.000Z");
const idOf = (index: number) => String(index).padStart(64, "0");

let projection: Projection;

beforeEach(() => {
  projection = openProjection(":memory:");
  for (const study of [chest, knee])
    say("imaging.study.registered", { study, modalities: ["CT"], series: 1, instances: 2 });
});

function say(
  kind: string,
  open: JsonObject,
  findings: string[] = [],
  supersedes?: string,
  reason: "amended" | "entered-in-error" = "amended",
): number {
  const index = projection.appliedSize();
  const content = { kind, open, signers: [], ...(supersedes && { supersedes: { statement: supersedes, reason } }) };
  const recordedAt = new Date(startMs + index * 60_000).toISOString();
  projection.apply([{ index, recordedAt, findings, id: idOf(index), content: content as unknown as Content }]);
  return index;
}

const copies = (fromMs = 0, limit = 9) => projection.imaging.alteredCopies({ fromMs, limit }).map(({ index }) => index);
const unfinished = (of: "correction" | "destruction") => projection.imaging.unfinished(of, 9).map(({ study }) => study);

test("altered copies are listed newest first, those since a time, until another statement takes the place of the finding", () => {
  const first = say("imaging.study.verified", { study: chest, result: "altered" }, ["COPY_ALTERED"]);
  say("imaging.study.verified", { study: chest, result: "identical" });
  const second = say("imaging.study.verified", { study: knee, result: "altered" }, ["COPY_ALTERED"]);
  expect(copies()).toEqual([second, first]);
  expect(copies(0, 1)).toEqual([second]);
  expect(copies(startMs + second * 60_000)).toEqual([second]);
  expect(projection.imaging.alteredCopies({ fromMs: 0, limit: 1 })).toMatchObject([{ study: knee }]);
  say("imaging.study.verified", { study: knee, result: "identical" }, [], idOf(second));
  expect(copies()).toEqual([first]);
});

test("a correction is unfinished until it is completed", () => {
  say("imaging.subject.corrected", { study: chest });
  say("imaging.subject.corrected", { study: knee });
  expect(unfinished("correction")).toEqual([knee, chest]);
  say("imaging.correction.completed", { study: knee });
  expect(unfinished("correction")).toEqual([chest]);
});

test("a destruction is unfinished until it is done, or a hold calls it off; what is destroyed is no less so for a hold", () => {
  say("imaging.destruction.approved", { studies: [chest, knee] });
  expect(unfinished("destruction")).toEqual([knee, chest]);
  say("imaging.hold.placed", { study: knee });
  expect(unfinished("destruction")).toEqual([chest]);
  expect(projection.imaging.study(knee)).toMatchObject({ destruction: "none" });
  say("imaging.study.destroyed", { study: chest });
  expect(unfinished("destruction")).toEqual([]);
  say("imaging.hold.placed", { study: chest });
  expect(projection.imaging.study(chest)).toMatchObject({ destruction: "done" });
});

test("a study is rejected until another statement takes the rejection's place; the whole of it counts more than parts", () => {
  const rejected = (study: string, scope: string, ...more: [string[]?, string?, "entered-in-error"?]) =>
    say("imaging.study.rejected", { study, reason: "quality", scope, instances: 2 }, ...more);
  expect(projection.imaging.rejection(chest)).toBeUndefined();
  const whole = rejected(chest, "study");
  rejected(chest, "series");
  expect(projection.imaging.rejection(chest)).toEqual({
    index: whole,
    reason: "quality",
    scope: "study",
    instances: 2,
  });
  expect(projection.imaging.rejection(knee)).toBeUndefined();
  const part = rejected(knee, "series");
  const amended = rejected(knee, "instances", [], idOf(part));
  expect(projection.imaging.rejection(knee)).toMatchObject({ index: amended, scope: "instances" });
  rejected(knee, "instances", [], idOf(amended), "entered-in-error");
  expect(projection.imaging.rejection(knee)).toBeUndefined();
});
