// Stories of identity.role.granted.
import { anna, dora, gateway, handle, newcomer, northlake, sam, tess } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import type { Role } from "../kernel/directory.ts";
import { actorRegistered } from "./actor-registered-1.ts";
import { actorRetired } from "./actor-retired-1.ts";
import { roleGranted } from "./role-granted-1.ts";

const clause = "DESIGN § 5, Keys";
const granted = (actor: string, role: Role) => ({ open: { actor, role }, sealed: {} });

export const roleGrantedStories: Stories = storiesOf(roleGranted, (story) => {
  story("an administrator makes a technologist a data steward, once", clause, ({ says }) => {
    says(roleGranted, anna, granted(tess.actor, "data-steward"), accepted());
    says(roleGranted, anna, granted(tess.actor, "data-steward"), refused("ROLE_HELD"));
  });

  story("only the organization makes an administrator, who is one from then on", clause, ({ says }) => {
    says(roleGranted, anna, granted(dora.actor, "administrator"), refused("ROLE_RESERVED"));
    says(roleGranted, northlake, granted(dora.actor, "administrator"), accepted());
    const { actor } = newcomer("nils", northlake);
    says(actorRegistered, dora, { open: { actor, type: "person" }, sealed: {} }, accepted());
  });

  story("nobody grants a role to themselves", clause, ({ says }) => {
    says(roleGranted, anna, granted(anna.actor, "auditor"), refused("SELF_GRANT"));
  });

  story("software has no role", clause, ({ says }) => {
    says(roleGranted, anna, granted(gateway.actor, "auditor"), refused("ACTOR_NOT_A_PERSON"));
  });

  story("the actor is not registered, retired, or of another hospital", clause, ({ says }) => {
    says(roleGranted, anna, granted(handle("nobody"), "auditor"), refused("ACTOR_UNKNOWN"));
    says(roleGranted, anna, granted(sam.actor, "auditor"), refused("ACTOR_OF_OTHER_ORGANIZATION"));
    says(actorRetired, anna, { open: { actor: tess.actor, reason: "ceased" }, sealed: {} }, accepted());
    says(roleGranted, anna, granted(tess.actor, "auditor"), refused("ACTOR_RETIRED"));
  });
});
