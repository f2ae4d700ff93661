// What happened before a story begins, so that stories tell only what matters to them.
import { actorRegistered } from "../src/identity/actor-registered-1.ts";
import { keyRegistered } from "../src/identity/key-registered-1.ts";
import { logCreated } from "../src/identity/log-created-1.ts";
import { roleGranted } from "../src/identity/role-granted-1.ts";
import * as cast from "./cast.ts";
import { accepted, type Stage, type Step, tell } from "./stage.ts";

/** A beginning: its statements, and the time at which a story goes on. */
export interface Beginning {
  readonly steps: readonly Step[];
  readonly end: string;
}

const start = "2026-11-16T08:00:00.000Z";
const end = "2026-11-18T09:00:00.000Z";

/** The log before anything was said, and a log of three hospitals with people and machines. */
export const prologues: Readonly<Record<"empty" | "three-hospitals", Beginning>> = {
  empty: { steps: [], end },
  "three-hospitals": { steps: tell("three-hospitals", start, threeHospitals), end },
};

/** The name of a prologue. */
export type Prologue = keyof typeof prologues;

/** What entry 0 says, whoever founds the log. The contract's digest is no real one: vectors are part of the real one. */
export function creation(...founders: readonly cast.Player[]) {
  return {
    open: {
      organizations: founders.map(({ actor, key }) => ({ organization: actor, rootKeys: [key.declared] })),
      contract: { version: 1, digest: cast.digest("contract") },
      cosignatures: 0,
    },
    sealed: { names: Object.fromEntries(founders.map(({ actor }) => [actor, "A hospital"])) },
  };
}

function threeHospitals(stage: Stage): void {
  const { northlake, southgate, eastport, anna, ben, dora, dan, tess, rosa, audrey } = cast;
  const founders = [northlake, southgate, eastport] as const;
  stage.says(logCreated, founders, creation(...founders), accepted());
  const { gateway, scanner, lung, sue, sam, relay } = cast;
  for (const joining of [anna, ben, dora, dan, tess, rosa, audrey, gateway, scanner, lung])
    join(stage, northlake, joining);
  for (const joining of [sue, sam, relay]) join(stage, southgate, joining);
}

function join({ says }: Stage, organization: cast.Player, joining: cast.Member): void {
  const { actor, key, type } = joining;
  says(actorRegistered, organization, { open: { actor, type }, sealed: {} }, accepted());
  says(keyRegistered, [organization, joining], { open: { actor, key: key.declared }, sealed: {} }, accepted());
  for (const role of joining.roles) says(roleGranted, organization, { open: { actor, role }, sealed: {} }, accepted());
}
