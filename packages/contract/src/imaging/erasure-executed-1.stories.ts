// Stories of imaging.erasure.executed.
import { dan, digest, dora, gateway, handle, relay } from "../../stories/cast.ts";
import { accepted, type Stage } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { erasureApproved } from "./erasure-approved-1.ts";
import { erasureExecuted } from "./erasure-executed-1.ts";

const clause = "GDPR Art. 17, Art. 19; DESIGN § 1, promise 3";
const survivors = { receipts: 2, backups: 14, copies: 1 };
const executed = (approval: string, subject = "a patient") => ({
  open: { subject: handle(subject), approval, survivors },
  sealed: {},
});
const approves = ({ says }: Stage) =>
  says(erasureApproved, [dora, dan], { open: { subject: handle("a patient"), studies: [] }, sealed: {} }, accepted());

export const erasureExecutedStories: Stories = storiesOf(erasureExecuted, (story) => {
  story("software executes what was approved, and says what survives", clause, (stage) => {
    stage.says(erasureExecuted, gateway, executed(approves(stage)), accepted());
  });

  story("it was never approved, for somebody else, or by another approval", clause, (stage) => {
    const none = executed(digest("no statement"));
    stage.says(erasureExecuted, dora, none, accepted("ERASURE_NOT_APPROVED"));
    const approval = approves(stage);
    stage.says(erasureExecuted, dora, none, accepted("ERASURE_NOT_APPROVED"));
    stage.says(erasureExecuted, dora, executed(approval, "another"), accepted("ERASURE_NOT_APPROVED"));
    stage.says(erasureExecuted, relay, executed(approval), accepted("ERASURE_NOT_APPROVED"));
  });

  story("of two approvals the later one counts", clause, (stage) => {
    const earlier = approves(stage);
    const later = approves(stage);
    stage.says(erasureExecuted, gateway, executed(earlier), accepted("ERASURE_NOT_APPROVED"));
    stage.says(erasureExecuted, gateway, executed(later), accepted());
  });
});
