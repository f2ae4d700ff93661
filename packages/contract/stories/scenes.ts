// Scenes that stories of imaging have in common: a study arrives, is held, is destroyed.
import { actorRetired } from "../src/identity/actor-retired-1.ts";
import { keyRegistered } from "../src/identity/key-registered-1.ts";
import { roleGranted } from "../src/identity/role-granted-1.ts";
import { roleWithdrawn } from "../src/identity/role-withdrawn-1.ts";
import { correctionCompleted } from "../src/imaging/correction-completed-1.ts";
import { destructionApproved } from "../src/imaging/destruction-approved-1.ts";
import { holdPlaced } from "../src/imaging/hold-placed-1.ts";
import { retentionSet } from "../src/imaging/retention-set-1.ts";
import { studyDestroyed } from "../src/imaging/study-destroyed-1.ts";
import { studyRegistered } from "../src/imaging/study-registered-1.ts";
import { subjectCorrected } from "../src/imaging/subject-corrected-1.ts";
import type { Role } from "../src/kernel/directory.ts";
import {
  anna,
  dan,
  digest,
  dora,
  gateway,
  handle,
  holding,
  northlake,
  type Player,
  relay,
  scanner,
  storyKey,
} from "./cast.ts";
import { accepted, type Stage } from "./stage.ts";

/** What every study of the stories consists of: 120 objects in two series. */
export function objects(name: string) {
  return { study: handle(name), modalities: ["CT"], series: 2, instances: 120, manifest: digest(`manifest ${name}`) };
}

/** The same with the device that made them. */
export function acquiredObjects(name: string) {
  return { ...objects(name), device: scanner.actor };
}

export const studySeals = { studyUid: "1.2.826.0.1.3680043.2.1143.1" } as const;

/** Northlake receives a study. Returns the statement's id. */
export function arrives({ says }: Stage, name: string): string {
  return says(studyRegistered, gateway, { open: acquiredObjects(name), sealed: studySeals }, accepted());
}

/** Southgate receives a study, made by nobody's device. */
export function arrivesElsewhere({ says }: Stage, name: string): string {
  return says(studyRegistered, relay, { open: objects(name), sealed: studySeals }, accepted("DEVICE_NOT_NAMED"));
}

/** Dora corrects a study's patient; `scopes` others hold it. */
export function isCorrected({ says }: Stage, name: string, scopes = 0): void {
  const sealed = { from: { issuer: "north", patientId: "1" }, to: { issuer: "north", patientId: "2" } };
  says(subjectCorrected, dora, { open: { study: handle(name), scopes }, sealed }, accepted());
}

/** Dan completes the correction, and everybody was told. */
export function correctionEnds({ says }: Stage, name: string): void {
  says(correctionCompleted, dan, { open: { study: handle(name) }, sealed: {} }, accepted());
}

/** A legal hold keeps a study. */
export function isHeld({ says }: Stage, name: string, hold = "lawsuit"): void {
  const open = { study: handle(name), hold: handle(hold), reason: "legal" } as const;
  says(holdPlaced, dora, { open, sealed: {} }, accepted());
}

/** A study is to be kept until a time. */
export function isKeptUntil({ says }: Stage, name: string, until: string): void {
  says(retentionSet, dora, { open: { study: handle(name), until }, sealed: {} }, accepted());
}

/** Dora and Dan approve that a study is destroyed. */
export function mayGo({ says }: Stage, name: string): void {
  const open = { studies: [handle(name)], reason: "rejected" } as const;
  says(destructionApproved, [dora, dan], { open, sealed: {} }, accepted());
}

/** A study is approved for destruction and destroyed. */
export function isGone(stage: Stage, name: string): void {
  mayGo(stage, name);
  const open = { study: handle(name), instances: 120, method: "bytes" } as const;
  stage.says(studyDestroyed, gateway, { open, sealed: {} }, accepted());
}

/** Northlake retires a device. */
export function isScrapped({ says }: Stage, { actor }: Player): void {
  says(actorRetired, northlake, { open: { actor, reason: "decommissioned" }, sealed: {} }, accepted());
}

/** Northlake retires a person who leaves. */
export function leaves({ says }: Stage, { actor }: Player): void {
  says(actorRetired, northlake, { open: { actor, reason: "ceased" }, sealed: {} }, accepted());
}

/** Anna takes a role from a person. */
export function losesRole({ says }: Stage, { actor }: Player, role: Role): void {
  says(roleWithdrawn, anna, { open: { actor, role }, sealed: {} }, accepted());
}

/** Anna gives a person a role. */
export function getsRole({ says }: Stage, { actor }: Player, role: Role): void {
  says(roleGranted, anna, { open: { actor, role }, sealed: {} }, accepted());
}

/** A person of Northlake gets a second key, as an administrator and the person have it. */
export function getsSecondKey({ says }: Stage, person: Player): Player {
  const second = holding(person, storyKey(`second key of ${person.actor}`));
  const open = { actor: person.actor, key: second.key.declared };
  says(keyRegistered, [anna, second, person], { open, sealed: {} }, accepted());
  return second;
}
