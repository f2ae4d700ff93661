// A kind says everything about itself in one place: who may state it, its fields, its rules. DESIGN § 6.
import type { Basis, DeclaredKey, StatementId, SupersedingReason } from "@fiducial/core";
import type { z } from "zod";
import type { Party } from "./directory.ts";
import type { SignerFacts } from "./parties.ts";
import type { State, Write } from "./state.ts";

/** An act asks and may be refused; an observation tells what happened and is recorded with findings. */
export type Nature = "act" | "observation";

/** The log on which the statement that creates a thing belongs. */
export type Home = "own" | "shared" | "each";

/** What a kind's rules may look at, besides the state. */
export interface Context<Open> {
  readonly id: StatementId;
  readonly log: string;
  /** The log's size before this statement: for rules about when a contract takes effect, and no others. */
  readonly index: number;
  readonly open: Open;
  /** Who states it: registered, entitled by the kind's `by`, and never with a key that the statement itself introduces, save in entry 0. */
  readonly signer: SignerFacts;
  /** The counter-signers, in order. */
  readonly approvers: readonly SignerFacts[];
  readonly basis?: Basis;
  readonly supersedes?: { readonly statement: StatementId; readonly reason: SupersedingReason };
  readonly recordedAt: string;
}

/** What rules answer: refused with a code, or accepted with findings and the state's changes, at most one for each key. */
export type Decision<R extends string = string, F extends string = string> =
  | { readonly accepted: false; readonly code: R }
  | { readonly accepted: true; readonly findings: readonly F[]; readonly writes: readonly Write[] };

/** A key that a statement introduces, with the actor to whom it will belong. */
export interface IntroducedKey {
  readonly actor: string;
  readonly key: DeclaredKey;
  /** True when the actor is an organization that this statement founds. */
  readonly founds: boolean;
}

/** The schema of a kind's open or sealed fields: a strict object. */
export type Fields<Value> = z.ZodType<Value> & { readonly shape: Readonly<Record<string, z.core.$ZodType>> };

/** What the author of a kind writes down. Codes that are not listed do not compile. */
export interface KindSpecification<Open, Sealed, R extends string, F extends string> {
  readonly nature: Nature;
  readonly by: readonly Party[];
  readonly home: Home;
  /** One line for `fiducial kinds` and the reference. */
  readonly says: string;
  readonly open: Fields<Open>;
  readonly sealed: Fields<Sealed>;
  /** How long after `signedAt` the statement may be recorded. 168 hours unless told, and never longer. */
  readonly goodForHours?: number;
  /** Codes besides those that the kernel gives to every kind. */
  readonly refusals: readonly R[];
  readonly findings: readonly F[];
  /** Keys that become valid with this statement, so that they can sign it themselves. */
  introduces?(open: Open): readonly IntroducedKey[];
  decide(state: State, context: Context<Open>): Decision<R, F>;
}

/** A kind as the kernel uses it. Without arguments: whatever its fields. */
export interface Kind<Open = unknown, Sealed = unknown> {
  readonly name: string;
  readonly version: number;
  readonly nature: Nature;
  readonly by: readonly Party[];
  readonly home: Home;
  readonly says: string;
  readonly open: Fields<Open>;
  readonly sealed: Fields<Sealed>;
  /** The sealed fields' names, sorted: the commitments that every statement of the kind carries. */
  readonly sealedNames: readonly string[];
  readonly goodForHours: number;
  readonly refusals: readonly string[];
  readonly findings: readonly string[];
  introduces(open: Open): readonly IntroducedKey[];
  decide(state: State, context: Context<Open>): Decision;
}

/** Statements are good for a week at most, which bounds how long they can be held back. DESIGN § 5. */
export const longestGoodHours: number = 7 * 24;

/** Declares a kind: `<application>.<noun>.<past participle>` and its version. */
export function kind<Open, Sealed, const R extends string, const F extends string>(
  name: `${string}.${string}.${string}`,
  version: number,
  specification: KindSpecification<Open, Sealed, R, F>,
): Kind<Open, Sealed> {
  return {
    ...specification,
    name,
    version,
    sealedNames: Object.keys(specification.sealed.shape).sort(),
    goodForHours: Math.min(specification.goodForHours ?? longestGoodHours, longestGoodHours),
    introduces: specification.introduces ?? introducesNone,
  };
}

const introducesNone = (): readonly IntroducedKey[] => [];

/** Refuses, with a code that the kind lists. */
export function refuse<const R extends string>(code: R): { readonly accepted: false; readonly code: R } {
  return { accepted: false, code };
}

/** Accepts, with the state's changes and the findings whose rule does not hold. */
export function accept<const F extends string = never>(
  writes: readonly Write[] = [],
  findings: readonly (true | F)[] = [],
): { readonly accepted: true; readonly findings: readonly F[]; readonly writes: readonly Write[] } {
  return { accepted: true, writes, findings: findings.filter((finding): finding is F => finding !== true) };
}
