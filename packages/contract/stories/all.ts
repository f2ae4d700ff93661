// Every story there is: of the kernel, and of each kind.

import { readPerformedStories } from "../src/access/read-performed-1.stories.ts";
import { actorRegisteredStories } from "../src/identity/actor-registered-1.stories.ts";
import { actorRetiredStories } from "../src/identity/actor-retired-1.stories.ts";
import { contractActivatedStories } from "../src/identity/contract-activated-1.stories.ts";
import { keyCompromisedStories } from "../src/identity/key-compromised-1.stories.ts";
import { keyRecoveredStories } from "../src/identity/key-recovered-1.stories.ts";
import { keyRegisteredStories } from "../src/identity/key-registered-1.stories.ts";
import { keyRevokedStories } from "../src/identity/key-revoked-1.stories.ts";
import { keyRotatedStories } from "../src/identity/key-rotated-1.stories.ts";
import { logCreatedStories } from "../src/identity/log-created-1.stories.ts";
import { logSealedStories } from "../src/identity/log-sealed-1.stories.ts";
import { organizationRegisteredStories } from "../src/identity/organization-registered-1.stories.ts";
import { roleGrantedStories } from "../src/identity/role-granted-1.stories.ts";
import { roleWithdrawnStories } from "../src/identity/role-withdrawn-1.stories.ts";
import { statementDisputedStories } from "../src/identity/statement-disputed-1.stories.ts";
import { correctionCompletedStories } from "../src/imaging/correction-completed-1.stories.ts";
import { correctionNotifiedStories } from "../src/imaging/correction-notified-1.stories.ts";
import { destructionApprovedStories } from "../src/imaging/destruction-approved-1.stories.ts";
import { erasureApprovedStories } from "../src/imaging/erasure-approved-1.stories.ts";
import { erasureExecutedStories } from "../src/imaging/erasure-executed-1.stories.ts";
import { holdPlacedStories } from "../src/imaging/hold-placed-1.stories.ts";
import { holdReleasedStories } from "../src/imaging/hold-released-1.stories.ts";
import { retentionSetStories } from "../src/imaging/retention-set-1.stories.ts";
import { studyDerivedStories } from "../src/imaging/study-derived-1.stories.ts";
import { studyDestroyedStories } from "../src/imaging/study-destroyed-1.stories.ts";
import { studyExtendedStories } from "../src/imaging/study-extended-1.stories.ts";
import { studyRegisteredStories } from "../src/imaging/study-registered-1.stories.ts";
import { studyRejectedStories } from "../src/imaging/study-rejected-1.stories.ts";
import { studyTransferredStories } from "../src/imaging/study-transferred-1.stories.ts";
import { studyVerifiedStories } from "../src/imaging/study-verified-1.stories.ts";
import { subjectCorrectedStories } from "../src/imaging/subject-corrected-1.stories.ts";
import { formStories } from "./kernel-form.stories.ts";
import { signerStories } from "./kernel-signers.stories.ts";
import type { Stories } from "./story.ts";

export const allStories: readonly Stories[] = [
  { about: "kernel", stories: [...formStories.stories, ...signerStories.stories] },
  actorRegisteredStories,
  actorRetiredStories,
  contractActivatedStories,
  keyCompromisedStories,
  keyRecoveredStories,
  keyRegisteredStories,
  keyRevokedStories,
  keyRotatedStories,
  logCreatedStories,
  logSealedStories,
  organizationRegisteredStories,
  roleGrantedStories,
  roleWithdrawnStories,
  statementDisputedStories,
  correctionCompletedStories,
  correctionNotifiedStories,
  destructionApprovedStories,
  erasureApprovedStories,
  erasureExecutedStories,
  holdPlacedStories,
  holdReleasedStories,
  retentionSetStories,
  studyDerivedStories,
  studyDestroyedStories,
  studyExtendedStories,
  studyRegisteredStories,
  studyRejectedStories,
  studyTransferredStories,
  studyVerifiedStories,
  subjectCorrectedStories,
  readPerformedStories,
];
