// Stories of identity.log.sealed.
import { anna, eastport, northlake, southgate } from "../../stories/cast.ts";
import { accepted, refused, storyLog } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { logSealed } from "./log-sealed-1.ts";

const clause = "DESIGN § 7: logs end";
const ended = { open: { reason: "ended" }, sealed: {} } as const;

export const logSealedStories: Stories = storiesOf(logSealed, (story) => {
  story("two of three hospitals end the log, and nothing comes after", clause, ({ says }) => {
    says(logSealed, [northlake, eastport], ended, accepted());
    says(logSealed, [northlake, southgate, eastport], ended, refused("LOG_SEALED"));
  });

  story("the log moves to a successor", clause, ({ says }) => {
    const open = { reason: "moved", successor: "stories.example/next" } as const;
    says(logSealed, [southgate, northlake], { open, sealed: {} }, accepted());
  });

  story("one of three hospitals is not enough, nor is its administrator", clause, ({ says }) => {
    says(logSealed, northlake, ended, refused("APPROVALS_TOO_FEW"));
    says(logSealed, [northlake, anna], ended, refused("APPROVALS_TOO_FEW"));
  });

  story("a successor is named exactly when there is one", clause, ({ says }) => {
    const both = [northlake, southgate] as const;
    says(logSealed, both, { open: { reason: "moved" }, sealed: {} }, refused("SUCCESSOR_MISMATCH"));
    const next = { reason: "ended", successor: "stories.example/next" } as const;
    says(logSealed, both, { open: next, sealed: {} }, refused("SUCCESSOR_MISMATCH"));
    const itself = { reason: "recovered", successor: storyLog } as const;
    says(logSealed, both, { open: itself, sealed: {} }, refused("SUCCESSOR_MISMATCH"));
  });
});
