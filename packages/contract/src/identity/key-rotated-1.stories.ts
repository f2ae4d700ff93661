// Stories of identity.key.rotated.
import { dora, gateway, holding, northlake, type Player, rosa, storyKey, tess } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { keyRotated } from "./key-rotated-1.ts";

const clause = "DESIGN § 5, Keys";
const key = storyKey("another key");
const third = storyKey("a third key");
const rotated = (from: Player, to: Player) => ({
  open: { actor: to.actor, previous: from.key.id, key: to.key.declared },
  sealed: {},
});

export const keyRotatedStories: Stories = storiesOf(keyRotated, (story) => {
  story("a radiologist changes keys; the old one signs no more", clause, ({ says }) => {
    const [next, later] = [holding(rosa, key), holding(rosa, third)];
    says(keyRotated, [rosa, next], rotated(rosa, next), accepted());
    says(keyRotated, [rosa, later], rotated(rosa, later), refused("KEY_REVOKED"));
    says(keyRotated, [next, later], rotated(next, later), accepted());
  });

  story("software and organizations change theirs the same way", clause, ({ says }) => {
    const next = holding(gateway, key);
    says(keyRotated, [gateway, next], rotated(gateway, next), accepted());
    const root = holding(northlake, third);
    says(keyRotated, [northlake, root], rotated(northlake, root), accepted());
  });

  story("the key that goes signs first, and for its own actor", clause, ({ says }) => {
    const next = holding(dora, key);
    says(keyRotated, [dora, next], rotated(tess, next), refused("PREVIOUS_KEY_DOES_NOT_SIGN"));
    const other = holding(tess, key);
    says(keyRotated, [dora, other], rotated(dora, other), refused("PREVIOUS_KEY_DOES_NOT_SIGN"));
  });

  story("the new key does not counter-sign", clause, ({ says }) => {
    says(keyRotated, dora, rotated(dora, holding(dora, key)), refused("POSSESSION_NOT_PROVED"));
  });

  story("the new key is another's already", clause, ({ says }) => {
    const borrowed = holding(dora, tess.key);
    says(keyRotated, [dora, borrowed], rotated(dora, borrowed), refused("KEY_EXISTS"));
  });
});
