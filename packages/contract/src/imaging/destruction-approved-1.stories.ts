// Stories of imaging.destruction.approved.
import { anna, dan, dora, handle, rosa, sam } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, getsSecondKey, isGone, isHeld, isKeptUntil, mayGo } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { destructionApproved } from "./destruction-approved-1.ts";

const clause = "DESIGN § 7: retention rules, legal holds respected";
const approved = (...studies: readonly string[]) => ({
  open: { studies: studies.map(handle), reason: "erasure" as const },
  sealed: {},
});

export const destructionApprovedStories: Stories = storiesOf(destructionApproved, (story) => {
  story("a data steward and an administrator approve, and may again", clause, (stage) => {
    arrives(stage, "chest");
    arrives(stage, "abdomen");
    stage.says(destructionApproved, [dora, anna], approved("chest", "abdomen", "chest"), accepted());
    mayGo(stage, "chest");
  });

  story("two persons, of one hospital, who may", clause, (stage) => {
    arrives(stage, "chest");
    const second = getsSecondKey(stage, dora);
    stage.says(destructionApproved, dora, approved("chest"), refused("APPROVALS_TOO_FEW"));
    stage.says(destructionApproved, [dora, second], approved("chest"), refused("APPROVALS_TOO_FEW"));
    stage.says(destructionApproved, [dora, rosa], approved("chest"), refused("APPROVALS_TOO_FEW"));
    stage.says(destructionApproved, [dora, sam], approved("chest"), refused("APPROVALS_TOO_FEW"));
    stage.says(destructionApproved, [rosa, dora], approved("chest"), refused("ROLE_MISSING"));
  });

  story("an approval is good for a day", "DESIGN § 5, Three times", (stage) => {
    arrives(stage, "chest");
    const day = 24 * 3600;
    const late = { ...approved("chest"), signedBefore: day + 1 };
    stage.says(destructionApproved, [dora, dan], late, refused("STATEMENT_EXPIRED"));
    const inTime = { ...approved("chest"), signedBefore: day };
    stage.says(destructionApproved, [dora, dan], inTime, accepted("LATE_ENTRY"));
  });

  story("a hold is stronger than any reason", clause, (stage) => {
    arrives(stage, "chest");
    arrives(stage, "abdomen");
    isHeld(stage, "abdomen");
    stage.says(destructionApproved, [dora, dan], approved("chest", "abdomen"), refused("STUDY_HELD"));
  });

  story("so is a running retention, to the millisecond", clause, (stage) => {
    arrives(stage, "chest");
    // Two statements come before, a minute each.
    isKeptUntil(stage, "chest", "2026-11-18T09:02:00.001Z");
    stage.says(destructionApproved, [dora, dan], approved("chest"), refused("RETENTION_RUNNING"));
    stage.says(destructionApproved, [dora, dan], approved("chest"), accepted());
    // Six come before.
    arrives(stage, "abdomen");
    isKeptUntil(stage, "abdomen", "2026-11-18T09:06:00.000Z");
    stage.says(destructionApproved, [dora, dan], approved("abdomen"), accepted());
  });

  story("no such study, another hospital's, or one that is gone", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(destructionApproved, [dora, dan], approved("chest", "abdomen"), refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "abdomen");
    const both = approved("chest", "abdomen");
    stage.says(destructionApproved, [dora, dan], both, refused("STUDY_OF_OTHER_ORGANIZATION"));
    isGone(stage, "chest");
    arrives(stage, "spine");
    stage.says(destructionApproved, [dora, dan], approved("spine", "chest"), refused("STUDY_DESTROYED"));
  });
});
