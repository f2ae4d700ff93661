// Stories of identity.key.registered.
import {
  anna,
  dora,
  holding,
  newcomer,
  northlake,
  type Player,
  passkey,
  sam,
  storyKey,
  sue,
  tess,
  weakKey,
} from "../../stories/cast.ts";
import { accepted, refused, type Stage } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { actorRegistered } from "./actor-registered-1.ts";
import { actorRetired } from "./actor-retired-1.ts";
import { keyRegistered } from "./key-registered-1.ts";
import { keyRevoked } from "./key-revoked-1.ts";

const clause = "DESIGN § 5, Keys";
const nils = newcomer("nils", northlake);
const key = storyKey("another key");

const registered = ({ actor, key }: Player) => ({ open: { actor, key: key.declared }, sealed: {} });
const nilsComes = ({ says }: Stage) =>
  says(actorRegistered, anna, { open: { actor: nils.actor, type: "person" }, sealed: {} }, accepted());
const revoked = (id: string) => ({ open: { key: id, reason: "superseded" }, sealed: {} }) as const;

export const keyRegisteredStories: Stories = storiesOf(keyRegistered, (story) => {
  story("a person's first key is a passkey, and signs", clause, (stage) => {
    const holder = holding(nils, passkey("nils"));
    nilsComes(stage);
    stage.says(keyRegistered, [anna, holder], registered(holder), accepted());
    stage.says(keyRevoked, holder, revoked(holder.key.id), accepted());
  });

  story("a P-256 key signs like any other", clause, (stage) => {
    const holder = holding(nils, storyKey("nils", "P-256"));
    nilsComes(stage);
    stage.says(keyRegistered, [anna, holder], registered(holder), accepted());
    stage.says(keyRevoked, holder, revoked(holder.key.id), accepted());
  });

  story("a second key needs the signature of its holder", clause, ({ says }) => {
    const second = holding(dora, key);
    says(keyRegistered, [anna, second], registered(second), refused("HOLDER_DOES_NOT_SIGN"));
    says(keyRegistered, [anna, second, dora], registered(second), accepted());
    says(keyRevoked, second, revoked(dora.key.id), accepted());
  });

  story("nobody holds more than eight keys at a time", clause, ({ says }) => {
    const further = Array.from({ length: 8 }, (_, number) => holding(dora, storyKey(`key ${number}`)));
    for (const next of further.slice(0, 7)) says(keyRegistered, [anna, next, dora], registered(next), accepted());
    const [first, ninth] = [further[0] ?? dora, further[7] ?? dora];
    says(keyRegistered, [anna, ninth, dora], registered(ninth), refused("KEYS_TOO_MANY"));
    says(keyRevoked, anna, revoked(first.key.id), accepted());
    says(keyRegistered, [anna, ninth, dora], registered(ninth), accepted());
  });

  story("whose only key was revoked is recovered, not registered again", clause, ({ says }) => {
    says(keyRevoked, anna, revoked(dora.key.id), accepted());
    const second = holding(dora, key);
    says(keyRegistered, [anna, second], registered(second), refused("HOLDER_DOES_NOT_SIGN"));
  });

  story("a further root key is the organization's own affair", clause, ({ says }) => {
    const spare = holding(northlake, key);
    says(keyRegistered, [anna, spare], registered(spare), refused("ROOT_KEY_RESERVED"));
    says(keyRegistered, [northlake, spare], registered(spare), accepted());
    says(keyRevoked, spare, revoked(northlake.key.id), accepted());
  });

  story("the new key does not counter-sign", clause, (stage) => {
    nilsComes(stage);
    stage.says(keyRegistered, anna, registered(nils), refused("POSSESSION_NOT_PROVED"));
  });

  story("the actor is not registered, retired, or of another hospital", clause, ({ says }) => {
    says(keyRegistered, [anna, nils], registered(nils), refused("ACTOR_UNKNOWN"));
    says(keyRegistered, anna, registered(nils), refused("ACTOR_UNKNOWN"));
    const foreign = holding(sam, key);
    says(keyRegistered, [anna, foreign], registered(foreign), refused("ACTOR_OF_OTHER_ORGANIZATION"));
    says(actorRetired, anna, { open: { actor: tess.actor, reason: "ceased" }, sealed: {} }, accepted());
    says(keyRegistered, anna, registered(holding(tess, key)), refused("ACTOR_RETIRED"));
  });

  story("a key is registered once, whoever held it", clause, (stage) => {
    nilsComes(stage);
    const borrowed = holding(nils, sue.key);
    stage.says(keyRegistered, [anna, borrowed], registered(borrowed), refused("KEY_EXISTS"));
    stage.says(keyRegistered, [anna, dora], registered(dora), refused("KEY_EXISTS"));
  });

  story("a key of small order", clause, (stage) => {
    nilsComes(stage);
    const weak = holding(nils, weakKey);
    stage.says(keyRegistered, [anna, weak], registered(weak), refused("KEY_NOT_REGISTRABLE"));
  });
});
