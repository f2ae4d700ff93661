// Stories of identity.statement.disputed.
import { anna, digest, dora, sue, tess } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { roleGranted } from "./role-granted-1.ts";
import { statementDisputed } from "./statement-disputed-1.ts";

const clause = "DESIGN § 2, observation";

export const statementDisputedStories: Stories = storiesOf(statementDisputed, (story) => {
  story("two people contradict a statement, each in their own words", clause, ({ says }) => {
    const open = { actor: tess.actor, role: "reader" } as const;
    const statement = says(roleGranted, anna, { open, sealed: {} }, accepted());
    const explanation = "She reads for nobody.";
    says(statementDisputed, sue, { open: { statement, reason: "wrong-content" }, sealed: { explanation } }, accepted());
    says(statementDisputed, dora, { open: { statement, reason: "other" }, sealed: {} }, accepted());
  });

  story("there is no such statement", clause, ({ says }) => {
    const open = { statement: digest("no statement"), reason: "not-me" } as const;
    says(statementDisputed, dora, { open, sealed: {} }, refused("STATEMENT_UNKNOWN"));
  });
});
