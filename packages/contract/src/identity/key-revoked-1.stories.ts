// Stories of identity.key.revoked.
import { anna, digest, dora, holding, northlake, rosa, storyKey, sue } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { keyRegistered } from "./key-registered-1.ts";
import { keyRevoked } from "./key-revoked-1.ts";

const clause = "DESIGN § 5, Keys";
const revoked = (key: string) => ({ open: { key, reason: "lost" }, sealed: {} }) as const;

export const keyRevokedStories: Stories = storiesOf(keyRevoked, (story) => {
  story("a radiologist ends her own key", clause, ({ says }) => {
    says(keyRevoked, rosa, revoked(rosa.key.id), accepted());
    says(keyRevoked, rosa, revoked(rosa.key.id), refused("KEY_REVOKED"));
  });

  story("an administrator or the organization ends it for her, once", clause, ({ says }) => {
    says(keyRevoked, anna, revoked(rosa.key.id), accepted());
    says(keyRevoked, northlake, revoked(rosa.key.id), refused("KEY_REVOKED"));
    says(keyRevoked, northlake, revoked(dora.key.id), accepted());
  });

  story("a colleague and another hospital's administrator do not", clause, ({ says }) => {
    says(keyRevoked, dora, revoked(rosa.key.id), refused("NOT_YOUR_KEY"));
    says(keyRevoked, sue, revoked(rosa.key.id), refused("NOT_YOUR_KEY"));
  });

  story("a root key is ended by its organization, and never the last one", clause, ({ says }) => {
    says(keyRevoked, anna, revoked(northlake.key.id), refused("NOT_YOUR_KEY"));
    says(keyRevoked, northlake, revoked(northlake.key.id), refused("LAST_ROOT_KEY"));
    const spare = holding(northlake, storyKey("northlake's spare"));
    const open = { actor: northlake.actor, key: spare.key.declared };
    says(keyRegistered, [northlake, spare], { open, sealed: {} }, accepted());
    says(keyRevoked, northlake, revoked(northlake.key.id), accepted());
    says(keyRevoked, spare, revoked(spare.key.id), refused("LAST_ROOT_KEY"));
  });

  story("nobody has such a key", clause, ({ says }) => {
    says(keyRevoked, anna, revoked(digest("no key")), refused("KEY_UNKNOWN"));
  });
});
