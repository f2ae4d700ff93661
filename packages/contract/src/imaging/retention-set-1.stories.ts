// Stories of imaging.retention.set.
import { anna, dan, dora, gateway, handle, rosa, sam } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isGone, isKeptUntil, mayGo } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { retentionSet } from "./retention-set-1.ts";
import { studyDestroyed } from "./study-destroyed-1.ts";

const clause = "DESIGN § 7: retention rules";
const [in2036, in2046] = ["2036-12-31T23:59:59.999Z", "2046-12-31T23:59:59.999Z"];
const until = (time: string) => ({ open: { study: handle("chest"), until: time }, sealed: { rule: "Ten years" } });
const gone = { open: { study: handle("chest"), instances: 120, method: "keys" as const }, sealed: {} };

export const retentionSetStories: Stories = storiesOf(retentionSet, (story) => {
  story("one data steward lengthens, two shorten", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(retentionSet, dora, until(in2036), accepted());
    stage.says(retentionSet, dora, until(in2046), accepted());
    stage.says(retentionSet, dora, until(in2046), accepted());
    stage.says(retentionSet, dora, until(in2036), refused("APPROVALS_TOO_FEW"));
    stage.says(retentionSet, [dora, rosa], until(in2036), refused("APPROVALS_TOO_FEW"));
    stage.says(retentionSet, [dora, sam], until(in2036), refused("APPROVALS_TOO_FEW"));
    stage.says(retentionSet, [dora, anna], until(in2036), accepted());
  });

  story("a longer retention calls off a destruction that was approved", clause, (stage) => {
    arrives(stage, "chest");
    mayGo(stage, "chest");
    stage.says(retentionSet, dora, until(in2036), accepted());
    stage.says(studyDestroyed, gateway, gone, accepted("DESTRUCTION_NOT_APPROVED"));
  });

  story("a retention that is over calls off nothing", clause, (stage) => {
    arrives(stage, "chest");
    mayGo(stage, "chest");
    // The third statement: the study is to be kept until the very moment in which this is said.
    isKeptUntil(stage, "chest", "2026-11-18T09:02:00.000Z");
    stage.says(studyDestroyed, gateway, gone, accepted());
  });

  story("no such study, another hospital's, or one that is gone", clause, (stage) => {
    stage.says(retentionSet, dora, until(in2036), refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(retentionSet, dora, until(in2036), refused("STUDY_OF_OTHER_ORGANIZATION"));
    arrives(stage, "abdomen");
    isGone(stage, "abdomen");
    const open = { study: handle("abdomen"), until: in2036 };
    stage.says(retentionSet, dan, { open, sealed: {} }, refused("STUDY_DESTROYED"));
  });
});
