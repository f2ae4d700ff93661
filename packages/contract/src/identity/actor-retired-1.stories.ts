// Stories of identity.actor.retired.
import { anna, ben, handle, northlake, sam, scanner, tess } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { actorRetired } from "./actor-retired-1.ts";
import { keyRevoked } from "./key-revoked-1.ts";

const clause = "DESIGN § 2, actor";
const retired = (actor: string, reason: "ceased" | "decommissioned" = "ceased") => ({
  open: { actor, reason },
  sealed: {},
});

export const actorRetiredStories: Stories = storiesOf(actorRetired, (story) => {
  story("a technologist leaves, and signs no more", clause, ({ says }) => {
    says(actorRetired, anna, retired(tess.actor), accepted());
    const open = { key: tess.key.id, reason: "ceased" } as const;
    says(keyRevoked, tess, { open, sealed: {} }, refused("ACTOR_RETIRED"));
    says(actorRetired, anna, retired(tess.actor), refused("ACTOR_RETIRED"));
  });

  story("a scanner is scrapped", clause, ({ says }) => {
    says(actorRetired, northlake, retired(scanner.actor, "decommissioned"), accepted());
  });

  story("an administrator is retired by the organization, or resigns", clause, ({ says }) => {
    says(actorRetired, anna, retired(ben.actor), refused("ROLE_RESERVED"));
    says(actorRetired, northlake, retired(ben.actor), accepted());
    says(actorRetired, anna, retired(anna.actor), accepted());
  });

  story("nobody by that id, and somebody of another hospital", clause, ({ says }) => {
    says(actorRetired, anna, retired(handle("nobody")), refused("ACTOR_UNKNOWN"));
    says(actorRetired, anna, retired(sam.actor), refused("ACTOR_OF_OTHER_ORGANIZATION"));
  });
});
