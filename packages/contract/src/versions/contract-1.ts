// Contract version 1: identity, imaging and access.

import { readPerformed } from "../access/read-performed-1.ts";
import { actorRegistered } from "../identity/actor-registered-1.ts";
import { actorRetired } from "../identity/actor-retired-1.ts";
import { contractActivated } from "../identity/contract-activated-1.ts";
import { keyCompromised } from "../identity/key-compromised-1.ts";
import { keyRecovered } from "../identity/key-recovered-1.ts";
import { keyRegistered } from "../identity/key-registered-1.ts";
import { keyRevoked } from "../identity/key-revoked-1.ts";
import { keyRotated } from "../identity/key-rotated-1.ts";
import { logCreated } from "../identity/log-created-1.ts";
import { logSealed } from "../identity/log-sealed-1.ts";
import { organizationRegistered } from "../identity/organization-registered-1.ts";
import { roleGranted } from "../identity/role-granted-1.ts";
import { roleWithdrawn } from "../identity/role-withdrawn-1.ts";
import { statementDisputed } from "../identity/statement-disputed-1.ts";
import { correctionCompleted } from "../imaging/correction-completed-1.ts";
import { correctionNotified } from "../imaging/correction-notified-1.ts";
import { destructionApproved } from "../imaging/destruction-approved-1.ts";
import { erasureApproved } from "../imaging/erasure-approved-1.ts";
import { erasureExecuted } from "../imaging/erasure-executed-1.ts";
import { holdPlaced } from "../imaging/hold-placed-1.ts";
import { holdReleased } from "../imaging/hold-released-1.ts";
import { retentionSet } from "../imaging/retention-set-1.ts";
import { studyDerived } from "../imaging/study-derived-1.ts";
import { studyDestroyed } from "../imaging/study-destroyed-1.ts";
import { studyExtended } from "../imaging/study-extended-1.ts";
import { studyRegistered } from "../imaging/study-registered-1.ts";
import { studyRejected } from "../imaging/study-rejected-1.ts";
import { studyTransferred } from "../imaging/study-transferred-1.ts";
import { studyVerified } from "../imaging/study-verified-1.ts";
import { subjectCorrected } from "../imaging/subject-corrected-1.ts";
import { type Contract, contract } from "../kernel/contract.ts";
import { contract1Vectors } from "./contract-1-digests.ts";

/** The first contract. Adding a kind makes a new contract version; this one changes no more once a log runs on it. */
export const contract1: Contract = contract(
  1,
  [
    logCreated,
    organizationRegistered,
    contractActivated,
    actorRegistered,
    actorRetired,
    keyRegistered,
    keyRotated,
    keyRevoked,
    keyCompromised,
    keyRecovered,
    roleGranted,
    roleWithdrawn,
    statementDisputed,
    logSealed,
    studyRegistered,
    studyExtended,
    studyDerived,
    studyTransferred,
    studyVerified,
    studyRejected,
    subjectCorrected,
    correctionNotified,
    correctionCompleted,
    holdPlaced,
    holdReleased,
    retentionSet,
    destructionApproved,
    studyDestroyed,
    erasureApproved,
    erasureExecuted,
    readPerformed,
  ],
  contract1Vectors,
);
