// Stories of imaging.erasure.approved.
import { anna, dan, dora, gateway, handle, sam, sue } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isGone, isHeld, isKeptUntil } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { erasureApproved } from "./erasure-approved-1.ts";
import { studyDestroyed } from "./study-destroyed-1.ts";

const clause = "GDPR Art. 17; DESIGN § 1, promise 3";
const approved = (...studies: readonly string[]) => ({
  open: { subject: handle("a patient"), studies: studies.map(handle) },
  sealed: { request: "By letter" },
});

export const erasureApprovedStories: Stories = storiesOf(erasureApproved, (story) => {
  story("two approve, and the studies may be destroyed, those that are not gone already", clause, (stage) => {
    arrives(stage, "chest");
    arrives(stage, "abdomen");
    isGone(stage, "abdomen");
    stage.says(erasureApproved, [dora, anna], approved("chest", "abdomen"), accepted());
    const gone = (study: string) => ({ open: { study, instances: 120, method: "keys" as const }, sealed: {} });
    stage.says(studyDestroyed, gateway, gone(handle("chest")), accepted());
    stage.says(studyDestroyed, gateway, gone(handle("abdomen")), accepted("STUDY_DESTROYED"));
  });

  story("a patient without studies, twice", clause, ({ says }) => {
    says(erasureApproved, [dora, dan], approved(), accepted());
    says(erasureApproved, [dan, dora], approved(), accepted());
  });

  story("one is too few", clause, ({ says }) => {
    says(erasureApproved, dora, approved(), refused("APPROVALS_TOO_FEW"));
  });

  story("an approval is good for a day", "DESIGN § 5, Three times", ({ says }) => {
    const late = { ...approved(), signedBefore: 24 * 3600 + 1 };
    says(erasureApproved, [dora, dan], late, refused("STATEMENT_EXPIRED"));
  });

  story("another hospital has that handle", clause, ({ says }) => {
    says(erasureApproved, [sam, sue], approved(), accepted());
    says(erasureApproved, [dora, dan], approved(), refused("ERASURE_OF_OTHER_ORGANIZATION"));
  });

  story("a study is held, or to be kept", clause, (stage) => {
    arrives(stage, "chest");
    arrives(stage, "abdomen");
    isHeld(stage, "chest");
    isKeptUntil(stage, "abdomen", "2036-12-31T23:59:59.999Z");
    stage.says(erasureApproved, [dora, dan], approved("chest"), refused("STUDY_HELD"));
    stage.says(erasureApproved, [dora, dan], approved("abdomen"), refused("RETENTION_RUNNING"));
  });

  story("no such study, or another hospital's", clause, (stage) => {
    stage.says(erasureApproved, [dora, dan], approved("chest"), refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(erasureApproved, [dora, dan], approved("chest"), refused("STUDY_OF_OTHER_ORGANIZATION"));
  });
});
