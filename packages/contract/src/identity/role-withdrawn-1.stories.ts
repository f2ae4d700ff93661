// Stories of identity.role.withdrawn.
import { anna, ben, dora, handle, northlake, sam } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import type { Role } from "../kernel/directory.ts";
import { roleWithdrawn } from "./role-withdrawn-1.ts";

const clause = "DESIGN § 5, Keys";
const withdrawn = (actor: string, role: Role) => ({ open: { actor, role }, sealed: {} });

export const roleWithdrawnStories: Stories = storiesOf(roleWithdrawn, (story) => {
  story("an administrator takes a role, once", clause, ({ says }) => {
    says(roleWithdrawn, anna, withdrawn(dora.actor, "data-steward"), accepted());
    says(roleWithdrawn, anna, withdrawn(dora.actor, "data-steward"), refused("ROLE_NOT_HELD"));
  });

  story("administrators end by the organization's word, or resign", clause, ({ says }) => {
    says(roleWithdrawn, anna, withdrawn(ben.actor, "administrator"), refused("ROLE_RESERVED"));
    says(roleWithdrawn, anna, withdrawn(anna.actor, "administrator"), accepted());
    says(roleWithdrawn, anna, withdrawn(dora.actor, "data-steward"), refused("ROLE_MISSING"));
    says(roleWithdrawn, northlake, withdrawn(ben.actor, "administrator"), accepted());
  });

  story("nobody by that id, and somebody of another hospital", clause, ({ says }) => {
    says(roleWithdrawn, anna, withdrawn(handle("nobody"), "auditor"), refused("ACTOR_UNKNOWN"));
    says(roleWithdrawn, anna, withdrawn(sam.actor, "data-steward"), refused("ACTOR_OF_OTHER_ORGANIZATION"));
  });
});
