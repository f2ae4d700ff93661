// Stories of identity.log.created.
import { eastport, holding, northlake, southgate, storyKey, weakKey } from "../../stories/cast.ts";
import { creation } from "../../stories/prologues.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { logCreated } from "./log-created-1.ts";

const clause = "DESIGN § 5, Entry 0";
const spare = storyKey("northlake's spare");

/** Northlake alone, with these root keys besides its first. */
function withRootKeys(...keys: readonly (typeof spare)[]) {
  const { open, sealed } = creation(northlake);
  const rootKeys = [northlake.key, ...keys].map(({ declared }) => declared);
  return { open: { ...open, organizations: [{ organization: northlake.actor, rootKeys }] }, sealed };
}

export const logCreatedStories: Stories = storiesOf(logCreated, (story) => {
  story(
    "one hospital founds a log alone",
    clause,
    ({ says }) => {
      says(logCreated, northlake, creation(northlake), accepted());
    },
    "empty",
  );

  story(
    "three hospitals found a log together",
    clause,
    ({ says }) => {
      says(logCreated, [northlake, southgate, eastport], creation(eastport, northlake, southgate), accepted());
    },
    "empty",
  );

  story(
    "the founders sign in any order",
    clause,
    ({ says }) => {
      says(logCreated, [eastport, southgate, northlake], creation(northlake, southgate, eastport), accepted());
    },
    "empty",
  );

  story(
    "a log follows another one",
    "DESIGN § 7: logs end",
    ({ says }) => {
      const { open, sealed } = creation(northlake);
      const predecessor = { origin: "stories.example/before", size: 70_000, rootHash: "5e".repeat(32) };
      says(logCreated, northlake, { open: { ...open, predecessor }, sealed }, accepted());
    },
    "empty",
  );

  story(
    "a founder does not sign, then one signs twice",
    clause,
    ({ says }) => {
      says(logCreated, northlake, creation(northlake, southgate), refused("FOUNDERS_DO_NOT_SIGN"));
      says(logCreated, [northlake, holding(northlake, spare)], withRootKeys(spare), refused("FOUNDERS_DO_NOT_SIGN"));
      says(logCreated, northlake, withRootKeys(spare), accepted());
    },
    "empty",
  );

  story(
    "an organization is named twice",
    clause,
    ({ says }) => {
      says(logCreated, northlake, creation(northlake, northlake), refused("FOUNDERS_DO_NOT_SIGN"));
    },
    "empty",
  );

  story(
    "a root key is named twice, or is of small order",
    clause,
    ({ says }) => {
      says(logCreated, northlake, withRootKeys(northlake.key), refused("KEY_EXISTS"));
      says(logCreated, northlake, withRootKeys(weakKey), refused("KEY_NOT_REGISTRABLE"));
    },
    "empty",
  );
});
