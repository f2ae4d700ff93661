// Stories of imaging.study.verified.
import { audrey, handle, rosa, sue } from "../../stories/cast.ts";
import { arrives } from "../../stories/scenes.ts";
import { accepted } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyVerified } from "./study-verified-1.ts";

const clause = "DESIGN § 8, Verdict";
const verified = <Result extends string>(result: Result) => ({
  open: { study: handle("chest"), result, instances: 120 },
  sealed: {},
});

export const studyVerifiedStories: Stories = storiesOf(studyVerified, (story) => {
  story("copies that are what was registered", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(studyVerified, rosa, verified("identical"), accepted());
    stage.says(studyVerified, sue, verified("same-pixels"), accepted());
    stage.says(studyVerified, audrey, verified("undecided"), accepted());
  });

  story("copies that are not", clause, (stage) => {
    arrives(stage, "chest");
    const { open } = verified("altered");
    const sealed = { instances: ["1.2.826.0.1.3680043.2.1143.1.1.1"], changedAttributes: ["00100020"] };
    stage.says(studyVerified, rosa, { open, sealed }, accepted("COPY_ALTERED"));
    stage.says(studyVerified, rosa, verified("header-changed"), accepted("HEADER_CHANGED"));
    stage.says(studyVerified, rosa, verified("unknown"), accepted("COPY_UNKNOWN"));
  });

  story("no such study", clause, ({ says }) => {
    says(studyVerified, rosa, verified("identical"), accepted("STUDY_UNKNOWN"));
  });
});
