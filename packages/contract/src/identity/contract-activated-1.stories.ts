// Stories of identity.contract.activated. The prologue leaves a log of 36 entries.
import { digest, eastport, northlake, southgate } from "../../stories/cast.ts";
import { accepted, refused } from "../../stories/stage.ts";
import { type Stories, storiesOf } from "../../stories/story.ts";
import { contractActivated } from "./contract-activated-1.ts";

const clause = "DESIGN § 5, Entry 0";
const version = (number: number, atIndex: number) => ({
  open: { version: number, digest: digest(`contract ${number}`), atIndex },
  sealed: {},
});

export const contractActivatedStories: Stories = storiesOf(contractActivated, (story) => {
  story("two of three hospitals choose version 2, which no vector knows", clause, ({ says }) => {
    says(contractActivated, [northlake, southgate], version(2, 1000), accepted());
  });

  story("one of three is not enough", clause, ({ says }) => {
    says(contractActivated, eastport, version(2, 1000), refused("APPROVALS_TOO_FEW"));
  });

  story("the next entry is the earliest that a new version can rule", clause, ({ says }) => {
    says(contractActivated, [northlake, southgate], version(2, 36), refused("ACTIVATION_IN_PAST"));
    says(contractActivated, [northlake, southgate], version(2, 37), accepted());
  });

  story("a newer version takes the place of one that is still to come", clause, ({ says }) => {
    const by = [southgate, eastport] as const;
    says(contractActivated, by, version(1, 1000), refused("CONTRACT_NOT_NEWER"));
    says(contractActivated, by, version(2, 1000), accepted());
    says(contractActivated, by, version(2, 900), refused("CONTRACT_NOT_NEWER"));
    says(contractActivated, by, version(3, 500), accepted());
  });

  story("a version that rules already is the one to be newer than", clause, ({ says }) => {
    const by = [northlake, southgate, eastport] as const;
    says(contractActivated, by, version(2, 37), accepted());
    says(contractActivated, by, version(3, 40), accepted());
    says(contractActivated, by, version(2, 50), refused("CONTRACT_NOT_NEWER"));
  });
});
