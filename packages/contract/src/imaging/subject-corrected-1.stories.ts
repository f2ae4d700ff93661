// Stories of imaging.subject.corrected.
import { anna, dora, handle, tess } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, correctionEnds, isCorrected, isGone } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { subjectCorrected } from "./subject-corrected-1.ts";

const clause = "DESIGN § 6; IHE RAD TF-1 § 4";
const sealed = { from: { issuer: "north", patientId: "1" }, to: { issuer: "north", patientId: "2" } };
const corrected = { open: { study: handle("chest"), scopes: 2 }, sealed };

export const subjectCorrectedStories: Stories = storiesOf(subjectCorrected, (story) => {
  story("a study is corrected, once at a time", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest");
    stage.says(subjectCorrected, anna, corrected, refused("STUDY_FROZEN"));
    correctionEnds(stage, "chest");
    stage.says(subjectCorrected, anna, corrected, accepted());
  });

  story("a technologist does not correct patients", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(subjectCorrected, tess, corrected, refused("ROLE_MISSING"));
  });

  story("no such study, or another hospital's", clause, (stage) => {
    stage.says(subjectCorrected, dora, corrected, refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(subjectCorrected, dora, corrected, refused("STUDY_OF_OTHER_ORGANIZATION"));
  });

  story("the study is gone", clause, (stage) => {
    arrives(stage, "chest");
    isGone(stage, "chest");
    stage.says(subjectCorrected, dora, corrected, refused("STUDY_DESTROYED"));
  });
});
