// A second decider of the contract, written from docs/formats/contract.md and the page of kinds. An oracle shares no code
// with what it checks: nothing here comes from packages/contract, and from core come only the parsing of statements, the
// verification of their signatures, and which declared keys can be verified with; these have vectors and oracles of their own.
import type { Statement } from "@fiducial/core";
import { accessObservations } from "./access-observations.ts";
import { type Case, Refusal, type Rule } from "./case.ts";
import { identityRules } from "./identity-rules.ts";
import { imagingActs } from "./imaging-acts.ts";
import { imagingObservations } from "./imaging-observations.ts";
import { kernelRules } from "./kernel-rules.ts";
import { keyRules } from "./key-rules.ts";
import { type PublishedKind, publishedKinds } from "./published-kinds.ts";
import type { Replica } from "./replica.ts";

/** Everything by which the decider decides. A control changes one thing of it. */
export interface Rules {
  /** Longer envelopes are refused unread. */
  readonly largestEnvelopeBytes: number;
  readonly kinds: ReadonlyMap<string, PublishedKind>;
  /** The rules of every statement, in the order of asking. */
  readonly kernel: Readonly<Record<string, Rule>>;
  /** By kind, what it asks besides, finds and writes. */
  readonly own: Readonly<Record<string, Rule>>;
}

/** The rules as the documents have them. */
export const documentedRules: Rules = {
  largestEnvelopeBytes: 61_440,
  kinds: publishedKinds(),
  kernel: kernelRules,
  own: { ...identityRules, ...keyRules, ...imagingActs, ...imagingObservations, ...accessObservations },
};

/** A statement that is to be ordered. */
export interface Submission {
  readonly envelopeBytes: number;
  /** Undefined when the envelope is too long to be parsed. */
  readonly statement: Statement | undefined;
  readonly recordedAt: string;
  readonly verifies: Case["verifies"];
}

/** What vectors demand of a step. */
export type Verdict =
  | { readonly accepted: true; readonly findings: readonly string[] }
  | { readonly accepted: false; readonly code: string };

/** Decides one statement upon the state before it. A refused one writes nothing. */
export function decide(
  rules: Rules,
  replica: Replica,
  { envelopeBytes, statement, recordedAt, verifies }: Submission,
): { readonly verdict: Verdict; readonly writes: ReadonlyMap<string, unknown> } {
  if (envelopeBytes > rules.largestEnvelopeBytes) return refused("ENTRY_TOO_LARGE");
  if (statement === undefined) throw new TypeError("A statement that is short enough cannot be parsed.");
  const { id, content } = statement;
  const { kinds } = rules;
  const findings = new Set<string>();
  const about: Case = {
    ...{ id, content, recordedAt, replica, kinds, verifies, findings },
    signers: [],
    writes: new Map(),
    ask(holds: unknown, code: string): asserts holds {
      if (!holds) throw new Refusal(code);
    },
    find(holds, code) {
      if (!holds) findings.add(code);
    },
  };
  try {
    for (const rule of Object.values(rules.kernel)) rule(about);
    rules.own[content.kind]?.(about);
  } catch (fault) {
    if (fault instanceof Refusal) return refused(fault.code);
    throw fault;
  }
  return { verdict: { accepted: true, findings: [...findings].sort() }, writes: about.writes };
}

function refused(code: string) {
  return { verdict: { accepted: false, code }, writes: new Map<string, unknown>() } as const;
}
