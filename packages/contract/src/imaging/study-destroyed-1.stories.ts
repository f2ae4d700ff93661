// Stories of imaging.study.destroyed.
import { dora, gateway, handle } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isHeld, mayGo } from "../../stories/scenes.ts";
import { accepted } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyDestroyed } from "./study-destroyed-1.ts";

const clause = "DESIGN § 2, observation; § 7: retention rules";
const destroyed = (instances: number) => ({
  open: { study: handle("chest"), instances, method: "keys-and-bytes" as const },
  sealed: {},
});

export const studyDestroyedStories: Stories = storiesOf(studyDestroyed, (story) => {
  story("an approved destruction is carried out in two steps, and is over then", clause, (stage) => {
    arrives(stage, "chest");
    mayGo(stage, "chest");
    stage.says(studyDestroyed, gateway, destroyed(100), accepted("DESTRUCTION_INCOMPLETE"));
    stage.says(studyDestroyed, dora, destroyed(20), accepted());
    stage.says(studyDestroyed, gateway, destroyed(20), accepted("STUDY_DESTROYED"));
  });

  story("it happened, so it is recorded, whatever rule it broke", clause, (stage) => {
    arrives(stage, "chest");
    isHeld(stage, "chest");
    const findings = ["DESTRUCTION_INCOMPLETE", "DESTRUCTION_NOT_APPROVED", "STUDY_HELD"];
    stage.says(studyDestroyed, gateway, destroyed(1), accepted(...findings));
    stage.says(studyDestroyed, gateway, destroyed(200), accepted("DESTRUCTION_NOT_APPROVED", "STUDY_HELD"));
  });

  story("no such study, or another hospital's, which stays as it is", clause, (stage) => {
    stage.says(studyDestroyed, gateway, destroyed(120), accepted("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(studyDestroyed, gateway, destroyed(120), accepted("STUDY_OF_OTHER_ORGANIZATION"));
    stage.says(studyDestroyed, gateway, destroyed(120), accepted("STUDY_OF_OTHER_ORGANIZATION"));
  });
});
