// Stories of identity.key.recovered.
import {
  anna,
  ben,
  dan,
  dora,
  eastport,
  holding,
  newcomer,
  northlake,
  type Player,
  sam,
  storyKey,
  sue,
  tess,
} from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { actorRetired } from "./actor-retired-1.ts";
import { keyRecovered } from "./key-recovered-1.ts";
import { keyRevoked } from "./key-revoked-1.ts";

const clause = "DESIGN § 5, Keys";
const key = storyKey("another key");
const next = holding(dora, key);
const recovered = ({ actor, key }: Player) => ({ open: { actor, key: key.declared }, sealed: {} });
const revoked = ({ key }: Player) => ({ open: { key: key.id, reason: "lost" }, sealed: {} }) as const;

export const keyRecoveredStories: Stories = storiesOf(keyRecovered, (story) => {
  story("two administrators bind a data steward to a new key", clause, ({ says }) => {
    says(keyRecovered, [anna, ben, next], recovered(next), accepted());
    says(keyRevoked, dora, revoked(dora), refused("KEY_REVOKED"));
    says(keyRevoked, next, revoked(next), accepted());
  });

  story("the organization and one administrator do, after the old key was revoked", clause, ({ says }) => {
    says(keyRevoked, anna, revoked(dora), accepted());
    says(keyRecovered, [northlake, anna, next], recovered(next), accepted());
  });

  story("one approver is too few, and so is one of another hospital or without the role", clause, ({ says }) => {
    says(keyRecovered, [anna, next], recovered(next), refused("APPROVALS_TOO_FEW"));
    says(keyRecovered, [anna, sue, eastport, next], recovered(next), refused("APPROVALS_TOO_FEW"));
    says(keyRecovered, [anna, dan, next], recovered(next), refused("APPROVALS_TOO_FEW"));
  });

  story("nobody approves their own recovery", clause, ({ says }) => {
    const self = holding(ben, key);
    says(keyRecovered, [anna, ben, self], recovered(self), refused("SELF_APPROVAL"));
    says(keyRecovered, [ben, anna, self], recovered(self), refused("SELF_APPROVAL"));
  });

  story("the actor is not registered, an organization, retired, or of another hospital", clause, ({ says }) => {
    const by = [anna, ben] as const;
    says(keyRecovered, by, recovered(newcomer("nils", northlake)), refused("ACTOR_UNKNOWN"));
    says(keyRecovered, by, recovered(holding(northlake, key)), refused("ACTOR_UNKNOWN"));
    says(keyRecovered, by, recovered(holding(sam, key)), refused("ACTOR_OF_OTHER_ORGANIZATION"));
    says(actorRetired, anna, { open: { actor: tess.actor, reason: "ceased" }, sealed: {} }, accepted());
    says(keyRecovered, by, recovered(holding(tess, key)), refused("ACTOR_RETIRED"));
  });

  story("the new key does not counter-sign, or is another's already", clause, ({ says }) => {
    says(keyRecovered, [anna, ben], recovered(next), refused("POSSESSION_NOT_PROVED"));
    const borrowed = holding(dora, tess.key);
    says(keyRecovered, [anna, ben, borrowed], recovered(borrowed), refused("KEY_EXISTS"));
  });
});
