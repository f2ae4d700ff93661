// Stories of imaging.correction.notified.
import { anna, dan, gateway, handle, relay } from "../../stories/cast.ts";
import { arrives, isCorrected } from "../../stories/scenes.ts";
import { accepted } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { correctionCompleted } from "./correction-completed-1.ts";
import { correctionNotified } from "./correction-notified-1.ts";

const clause = "DESIGN § 7, own and shared logs";
const notified = <Party extends string>(scope: string, party: Party) => ({
  open: { study: handle("chest"), scope: handle(scope), party },
  sealed: {},
});
const completed = { open: { study: handle("chest") }, sealed: {} };

export const correctionNotifiedStories: Stories = storiesOf(correctionNotified, (story) => {
  story("both patients and each holder are told, some twice", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest", 2);
    stage.says(correctionNotified, anna, notified("the patient's", "subject-from"), accepted());
    stage.says(correctionNotified, anna, notified("the other patient's", "subject-to"), accepted());
    stage.says(correctionNotified, gateway, notified("a trial", "holder"), accepted());
    stage.says(correctionNotified, gateway, notified("a trial", "holder"), accepted());
    stage.says(correctionNotified, gateway, notified("a data set", "holder"), accepted());
    stage.says(correctionNotified, gateway, notified("a third", "holder"), accepted());
    stage.says(correctionCompleted, dan, completed, accepted());
  });

  story("one holder told twice is one holder told, and only by the custodian", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest", 2);
    stage.says(correctionNotified, gateway, notified("a trial", "holder"), accepted());
    stage.says(correctionNotified, gateway, notified("a trial", "holder"), accepted());
    stage.says(correctionNotified, relay, notified("a data set", "holder"), accepted());
    stage.says(correctionCompleted, dan, completed, accepted("SCOPES_NOT_NOTIFIED"));
  });

  story("nothing was corrected, or there is no such study", clause, (stage) => {
    const told = notified("a trial", "holder");
    stage.says(correctionNotified, gateway, told, accepted("NO_CORRECTION", "STUDY_UNKNOWN"));
    arrives(stage, "chest");
    stage.says(correctionNotified, gateway, told, accepted("NO_CORRECTION"));
  });
});
