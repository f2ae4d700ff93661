// A kind says everything about itself in one place: who may state it, its fields, its rules. DESIGN § 6.
import type { Basis, JsonObject, StatementId, SupersedingReason } from "@fiducial/core";
import type { z } from "zod";
import type { ActorType, DeclaredKey, Party, Role } from "./directory.ts";
import type { State, Write } from "./state.ts";

/** An act asks and may be refused; an observation tells what happened and is recorded with findings. */
export type Nature = "act" | "observation";

/** The log on which the statement that creates a thing belongs. */
export type Home = "own" | "shared" | "each";

/** A signer as the directory knows it at this point of the log. */
export interface SignerFacts {
  readonly actor: string;
  readonly type: ActorType | "organization";
  readonly organization: string;
  readonly roles: readonly Role[];
  readonly key: string;
  /** True for a key that this very statement introduces. */
  readonly introduced: boolean;
}

/** What a kind's rules may look at, besides the state. */
export interface Context<Open> {
  readonly id: StatementId;
  readonly log: string;
  /** The log's size before this statement: for rules about when a contract takes effect, and no others. */
  readonly index: number;
  readonly open: Open;
  readonly signer: SignerFacts;
  /** The counter-signers, in order. */
  readonly approvers: readonly SignerFacts[];
  readonly basis?: Basis;
  readonly supersedes?: { readonly statement: StatementId; readonly reason: SupersedingReason };
  readonly recordedAt: string;
}

/** What rules answer: refused with a code, or accepted with findings and the state's changes. */
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

/** What the author of a kind writes down. Codes that are not listed do not compile. */
export interface KindSpecification<Open, R extends string, F extends string> {
  readonly nature: Nature;
  readonly by: readonly Party[];
  readonly home: Home;
  /** One line for `fiducial kinds` and the reference. */
  readonly says: string;
  readonly open: z.ZodType<Open> & { readonly shape: Readonly<Record<string, unknown>> };
  readonly sealed: z.ZodObject;
  /** For acts: how long after `signedAt` the statement may be recorded. 168 hours unless told. */
  readonly goodForHours?: number;
  readonly refusals: readonly R[];
  readonly findings: readonly F[];
  /** Keys that become valid with this statement, so that they can sign it themselves. */
  introduces?(open: Open): readonly IntroducedKey[];
  decide(state: State, context: Context<Open>): Decision<R, F>;
}

/** A kind as the kernel uses it, whatever its fields. */
export interface Kind extends Omit<KindSpecification<never, string, string>, "open" | "introduces" | "decide"> {
  readonly name: string;
  readonly version: number;
  readonly open: KindSpecification<unknown, string, string>["open"];
  /** The sealed fields' names, sorted: the commitments that every statement of the kind carries. */
  readonly sealedNames: readonly string[];
  introduces(open: unknown): readonly IntroducedKey[];
  decide(state: State, context: Context<unknown>): Decision;
}

/** Declares a kind: `<application>.<noun>.<past participle>` and its version. */
export function kind<Open, const R extends string, const F extends string>(
  name: `${string}.${string}.${string}`,
  version: number,
  specification: KindSpecification<Open, R, F>,
): Kind {
  return {
    ...specification,
    name,
    version,
    sealedNames: Object.keys(specification.sealed.shape).sort(),
    introduces: (open) => specification.introduces?.(open as Open) ?? [],
    decide: (state, context) => specification.decide(state, context as Context<Open>),
  };
}

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

/** The open fields of a statement in plain JSON. */
export type OpenFields = JsonObject;
