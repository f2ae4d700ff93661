// Stories of imaging.study.transferred.
import { digest, gateway, handle, relay, scanner, tess } from "../../stories/cast.ts";
import { arrives, correctionEnds, isCorrected, isGone } from "../../stories/scenes.ts";
import { accepted } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { studyTransferred } from "./study-transferred-1.ts";

const clause = "DESIGN § 7, own logs";
const sent = {
  study: handle("chest"),
  direction: "sent",
  counterpart: relay.actor,
  purpose: "TREAT",
  instances: 120,
  outcome: "completed",
} as const;
const sealed = { destination: "SOUTHGATE", protocol: "DIMSE", instanceManifest: digest("what was sent") } as const;

export const studyTransferredStories: Stories = storiesOf(studyTransferred, (story) => {
  story("a study is sent, and received at the other end", clause, (stage) => {
    arrives(stage, "chest");
    stage.says(studyTransferred, gateway, { open: sent, sealed }, accepted());
    const received = { ...sent, direction: "received", counterpart: gateway.actor } as const;
    stage.says(studyTransferred, relay, { open: received, sealed: {} }, accepted());
  });

  story("a transfer breaks off", clause, (stage) => {
    arrives(stage, "chest");
    const partial = { ...sent, instances: 80, outcome: "partial" } as const;
    stage.says(studyTransferred, scanner, { open: partial, sealed }, accepted("TRANSFER_INCOMPLETE"));
    const failed = { ...sent, instances: 0, outcome: "failed" } as const;
    stage.says(studyTransferred, tess, { open: failed, sealed }, accepted("TRANSFER_INCOMPLETE"));
  });

  story("no such study", clause, ({ says }) => {
    says(studyTransferred, gateway, { open: sent, sealed }, accepted("STUDY_UNKNOWN"));
  });

  story("a study whose patient is being corrected is not sent, though it may be received", clause, (stage) => {
    arrives(stage, "chest");
    isCorrected(stage, "chest");
    stage.says(studyTransferred, gateway, { open: sent, sealed }, accepted("STUDY_FROZEN"));
    stage.says(studyTransferred, gateway, { open: { ...sent, direction: "received" }, sealed }, accepted());
    correctionEnds(stage, "chest");
    stage.says(studyTransferred, gateway, { open: sent, sealed }, accepted());
  });

  story("a study that was destroyed turns up again", clause, (stage) => {
    arrives(stage, "chest");
    isGone(stage, "chest");
    stage.says(studyTransferred, gateway, { open: sent, sealed }, accepted("STUDY_DESTROYED"));
  });
});
