// Stories of imaging.study.rejected.
import { dora, gateway, handle, rosa, tess } from "../../stories/cast.ts";
import { arrives } from "../../stories/scenes.ts";
import { accepted } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyRejected } from "./study-rejected-1.ts";

const clause = "IHE RAD TF, IOCM";
const rejected = { study: handle("chest"), reason: "quality", scope: "instances", instances: 3 } as const;
const note = "1.2.826.0.1.3680043.2.1143.1.9.1";

export const studyRejectedStories: Stories = storiesOf(studyRejected, (story) => {
  story("a technologist rejects blurred images, others whole studies", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(studyRejected, tess, { open: rejected, sealed: { note } }, accepted());
    const wrong = { ...rejected, reason: "wrong-worklist-entry", scope: "study", instances: 120 } as const;
    stage.says(studyRejected, rosa, { open: wrong, sealed: {} }, accepted());
    const unsafe = { ...rejected, reason: "patient-safety", scope: "series", instances: 60 } as const;
    stage.says(studyRejected, gateway, { open: unsafe, sealed: { note } }, accepted());
  });

  story("no such study", clause, ({ says }) => {
    says(studyRejected, dora, { open: rejected, sealed: {} }, accepted("STUDY_UNKNOWN"));
  });
});
