// Stories of imaging.hold.released.
import { audrey, dan, dora, handle } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isHeld, mayGo } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { destructionApproved } from "./destruction-approved-1.ts";
import { holdReleased } from "./hold-released-1.ts";

const clause = "DESIGN § 7: legal holds respected";
const released = (hold: string) => ({
  open: { study: handle("chest"), hold: handle(hold), reason: "legal" as const },
  sealed: {},
});
const approved = { open: { studies: [handle("chest")], reason: "retention-expired" as const }, sealed: {} };

export const holdReleasedStories: Stories = storiesOf(holdReleased, (story) => {
  story("each hold keeps the study until it is released", clause, (stage) => {
    arrives(stage, "chest");
    isHeld(stage, "chest", "lawsuit");
    isHeld(stage, "chest", "another lawsuit");
    stage.says(holdReleased, audrey, released("lawsuit"), accepted());
    stage.says(destructionApproved, [dora, dan], approved, refused("STUDY_HELD"));
    stage.says(holdReleased, dora, released("another lawsuit"), accepted());
    mayGo(stage, "chest");
  });

  story("no such hold, or released before", clause, (stage) => {
    arrives(stage, "chest");
    isHeld(stage, "chest", "lawsuit");
    stage.says(holdReleased, dora, released("another lawsuit"), refused("HOLD_UNKNOWN"));
    stage.says(holdReleased, dora, released("lawsuit"), accepted());
    stage.says(holdReleased, dora, released("lawsuit"), refused("HOLD_UNKNOWN"));
  });

  story("no such study, or another hospital's", clause, (stage) => {
    stage.says(holdReleased, dora, released("lawsuit"), refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(holdReleased, dora, released("lawsuit"), refused("STUDY_OF_OTHER_ORGANIZATION"));
  });
});
