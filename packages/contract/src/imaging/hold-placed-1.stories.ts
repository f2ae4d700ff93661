// Stories of imaging.hold.placed.
import { audrey, dora, gateway, handle, rosa } from "../../stories/cast.ts";
import { arrives, arrivesElsewhere, isGone, isHeld, mayGo } from "../../stories/scenes.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { holdPlaced } from "./hold-placed-1.ts";
import { studyDestroyed } from "./study-destroyed-1.ts";

const clause = "DESIGN § 7: legal holds respected";
const held = (hold: string) => ({
  open: { study: handle("chest"), hold: handle(hold), reason: "trial" as const },
  sealed: { matter: "A matter" },
});

export const holdPlacedStories: Stories = storiesOf(holdPlaced, (story) => {
  story("an auditor and a data steward hold a study, one hold for several", clause, (stage) => {
    arrives(stage, "chest");
    arrives(stage, "abdomen");
    stage.says(holdPlaced, audrey, held("an audit"), accepted());
    stage.says(holdPlaced, dora, held("a trial"), accepted());
    stage.says(holdPlaced, dora, held("a trial"), refused("HOLD_EXISTS"));
    isHeld(stage, "abdomen", "a trial");
  });

  story("a study has 32 holds at most", clause, (stage) => {
    arrives(stage, "chest");
    for (let number = 1; number <= 32; number++) stage.says(holdPlaced, dora, held(`matter ${number}`), accepted());
    stage.says(holdPlaced, dora, held("matter 32"), refused("HOLD_EXISTS"));
    stage.says(holdPlaced, dora, held("matter 33"), refused("HOLDS_TOO_MANY"));
  });

  story("a hold calls off a destruction that was approved", clause, (stage) => {
    arrives(stage, "chest");
    mayGo(stage, "chest");
    stage.says(holdPlaced, dora, held("a trial"), accepted());
    const open = { study: handle("chest"), instances: 120, method: "bytes" } as const;
    stage.says(studyDestroyed, gateway, { open, sealed: {} }, accepted("DESTRUCTION_NOT_APPROVED", "STUDY_HELD"));
  });

  story("a radiologist places no holds", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(holdPlaced, rosa, held("a trial"), refused("ROLE_MISSING"));
  });

  story("no such study, another hospital's, or one that is gone", clause, (stage) => {
    stage.says(holdPlaced, dora, held("a trial"), refused("STUDY_UNKNOWN"));
    arrivesElsewhere(stage, "chest");
    stage.says(holdPlaced, dora, held("a trial"), refused("STUDY_OF_OTHER_ORGANIZATION"));
    arrives(stage, "abdomen");
    isGone(stage, "abdomen");
    const open = { ...held("a trial").open, study: handle("abdomen") };
    stage.says(holdPlaced, dora, { open, sealed: {} }, refused("STUDY_DESTROYED"));
  });
});
