// Stories of identity.organization.registered.
import { anna, eastport, holding, northlake, organization, southgate, storyKey, weakKey } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { organizationRegistered } from "./organization-registered-1.ts";

const clause = "DESIGN § 5, Keys";
const westbay = organization("westbay");
const lakeside = organization("lakeside");

/** What is said of an organization that joins, with root keys besides its first. */
function joining(who: typeof westbay, ...further: readonly (typeof weakKey)[]) {
  const rootKeys = [who.key, ...further].map(({ declared }) => declared);
  return { open: { organization: who.actor, rootKeys }, sealed: { name: "A hospital" } };
}

export const organizationRegisteredStories: Stories = storiesOf(organizationRegistered, (story) => {
  story("two of three hospitals take in a fourth, which then counts", clause, ({ says }) => {
    says(organizationRegistered, [northlake, southgate, westbay], joining(westbay), accepted());
    const two = [northlake, southgate, lakeside] as const;
    says(organizationRegistered, two, joining(lakeside), refused("APPROVALS_TOO_FEW"));
    says(organizationRegistered, [...two, westbay], joining(lakeside), accepted());
  });

  story("one of three is not enough, and the newcomer does not count", clause, ({ says }) => {
    says(organizationRegistered, [northlake, westbay], joining(westbay), refused("APPROVALS_TOO_FEW"));
  });

  story("the newcomer does not counter-sign", clause, ({ says }) => {
    says(organizationRegistered, [northlake, southgate], joining(westbay), refused("POSSESSION_NOT_PROVED"));
  });

  story("the id is taken by an organization, or by a person", clause, ({ says }) => {
    const key = storyKey("another root key");
    const again = holding(eastport, key);
    says(organizationRegistered, [northlake, southgate, again], joining(again), refused("ORGANIZATION_EXISTS"));
    const person = { actor: anna.actor, organization: anna.actor, key };
    says(organizationRegistered, [northlake, southgate, person], joining(person), refused("ACTOR_EXISTS"));
  });

  story("a root key is another's already, or of small order", clause, ({ says }) => {
    const by = [northlake, eastport, westbay] as const;
    says(organizationRegistered, by, joining(westbay, southgate.key), refused("KEY_EXISTS"));
    says(organizationRegistered, by, joining(westbay, weakKey), refused("KEY_NOT_REGISTRABLE"));
  });
});
