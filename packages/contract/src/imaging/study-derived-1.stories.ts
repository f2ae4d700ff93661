// Stories of imaging.study.derived.
import { gateway, handle, lung, relay, rosa } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isCorrected, isGone, isHeld, objects, studySeals } from "../../stories/scenes.ts";
import { accepted } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyDerived } from "./study-derived-1.ts";

const clause = "DICOM PS3.15 Annex E; DESIGN § 8";
const derived = (name: string, ...sources: readonly string[]) => ({
  open: { ...objects(name), sources: sources.map(handle), method: "de-identified" as const },
  sealed: { ...studySeals, tool: "A tool 1.0", profile: ["113100", "113107"] },
});

export const studyDerivedStories: Stories = storiesOf(studyDerived, (story) => {
  story("software de-identifies, an AI product segments, and what came of it is a study", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(studyDerived, gateway, derived("chest for a trial", "chest"), accepted());
    const { open, sealed } = derived("nodules", "chest", "chest for a trial");
    stage.says(studyDerived, lung, { open: { ...open, method: "segmented" }, sealed }, accepted());
    isHeld(stage, "nodules");
  });

  story("the new handle is taken", clause, (stage) => {
    arrives(stage, "chest");
    arrivesElsewhere(stage, "abdomen");
    stage.says(studyDerived, gateway, derived("abdomen", "chest"), accepted("STUDY_REGISTERED_BEFORE"));
  });

  story("one of the sources is unknown", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(studyDerived, rosa, derived("nodules", "chest", "abdomen"), accepted("SOURCE_UNKNOWN"));
  });

  story("a source has its patient corrected, another is gone", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest");
    stage.says(studyDerived, relay, derived("copy", "chest"), accepted("SOURCE_FROZEN"));
    arrives(stage, "abdomen");
    isGone(stage, "abdomen");
    const both = derived("another copy", "abdomen", "chest");
    stage.says(studyDerived, gateway, both, accepted("SOURCE_DESTROYED", "SOURCE_FROZEN"));
  });
});
