// Stories of imaging.correction.completed.
import { anna, dan, dora, handle } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isCorrected } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { correctionCompleted } from "./correction-completed-1.ts";

const clause = "DESIGN § 6";
const completed = { open: { study: handle("chest") }, sealed: { remark: "Checked." } };

export const correctionCompletedStories: Stories = storiesOf(correctionCompleted, (story) => {
  story("somebody else completes a correction, once", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest");
    stage.says(correctionCompleted, dora, completed, refused("CORRECTION_OWN"));
    stage.says(correctionCompleted, dan, completed, accepted());
    stage.says(correctionCompleted, anna, completed, refused("NO_CORRECTION"));
  });

  story("a scope that holds the study was not told", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest", 1);
    stage.says(correctionCompleted, anna, completed, accepted("SCOPES_NOT_NOTIFIED"));
  });

  story("no such study, or another hospital's", clause, (stage) => {
    stage.says(correctionCompleted, dora, completed, refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(correctionCompleted, dora, completed, refused("STUDY_OF_OTHER_ORGANIZATION"));
  });
});
