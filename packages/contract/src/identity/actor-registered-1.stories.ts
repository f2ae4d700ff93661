// Stories of identity.actor.registered.
import { anna, dora, eastport, newcomer, northlake } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { actorRegistered } from "./actor-registered-1.ts";

const clause = "DESIGN § 2, actor";
const { actor } = newcomer("nils", northlake);
const details = { manufacturer: "A maker", model: "A model", serial: "0001", station: "CT1" };

export const actorRegisteredStories: Stories = storiesOf(actorRegistered, (story) => {
  story("an administrator registers a person", clause, ({ says }) => {
    says(actorRegistered, anna, { open: { actor, type: "person" }, sealed: { name: "A name" } }, accepted());
  });

  story("an organization registers a device with what its plate says", clause, ({ says }) => {
    says(actorRegistered, northlake, { open: { actor, type: "device" }, sealed: { details } }, accepted());
  });

  story("a data steward does not register actors", clause, ({ says }) => {
    says(actorRegistered, dora, { open: { actor, type: "person" }, sealed: {} }, refused("ROLE_MISSING"));
  });

  story("the id is taken by an actor, or by an organization", clause, ({ says }) => {
    says(actorRegistered, anna, { open: { actor: dora.actor, type: "person" }, sealed: {} }, refused("ACTOR_EXISTS"));
    says(actorRegistered, anna, { open: { actor: eastport.actor, type: "ai" }, sealed: {} }, refused("ACTOR_EXISTS"));
  });
});
