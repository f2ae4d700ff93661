// A story played before a contract: the verdicts it gives, and the state it ends in.
import { nobleBackend, publicKeyFromDeclared, toHex, verifyStatementSignature } from "@fiducial/core";
import type { Contract } from "../src/kernel/contract.ts";
import { decide, type SignatureCheck, type Verdict } from "../src/kernel/decide.ts";
import { type MemoryState, memoryState } from "../src/kernel/memory-state.ts";
import { contract1 } from "../src/versions/contract-1.ts";
import { digest } from "./cast.ts";
import { type Prologue, prologues } from "./prologues.ts";
import type { Expected, Step } from "./stage.ts";
import type { Story } from "./story.ts";

/** The contract of the stories' log: version 1 under a digest that stands for none, since these vectors are part of the real one. */
export const storyContract: Contract = { ...contract1, digest: digest("contract") };

/** What came of a story. */
export interface Performance {
  /** One for each step, without its writes. */
  readonly verdicts: readonly Expected[];
  readonly state: MemoryState;
  /** Running state digest at the end, hex. */
  readonly stateDigest: string;
}

/** Plays a story after its prologue; `from` takes the place of the prologue. */
export function perform(
  contract: Contract,
  { prologue, steps }: Pick<Story, "prologue" | "steps">,
  from: MemoryState = stateAfter(contract, prologue),
): Performance {
  const state = from.branch();
  const verdicts = steps.map((step) => play(contract, state, step));
  return { verdicts, state, stateDigest: toHex(state.digest) };
}

/** The state that a prologue leaves; played once for each contract. */
export function stateAfter(contract: Contract, prologue: Prologue): MemoryState {
  const known = beginnings.get(contract)?.get(prologue);
  if (known !== undefined) return known;
  const state = memoryState();
  for (const step of prologues[prologue].steps) play(contract, state, step);
  beginnings.set(contract, new Map(beginnings.get(contract)).set(prologue, state));
  return state;
}

const beginnings = new WeakMap<Contract, Map<Prologue, MemoryState>>();

/** Decides one step on top of `state`, and keeps what it changes. */
export function play(
  contract: Contract,
  state: MemoryState,
  { statement, recordedAt }: Pick<Step, "statement" | "recordedAt">,
): Expected {
  const verdict = decide(contract, state, { statement, recordedAt, index: state.size }, verifySignature);
  if (verdict.accepted) state.apply(verdict.writes, statement);
  return withoutWrites(verdict);
}

/** Verifies for real, and each signature once. */
export const verifySignature: SignatureCheck = (statement, index, declared) => {
  const place = `${statement.id} ${statement.signatures[index]?.sig.join()} ${JSON.stringify(declared.webauthn)}`;
  const known = verified.get(place);
  if (known !== undefined) return known;
  const key = publicKeyFromDeclared(declared);
  const found = key !== undefined && verifyStatementSignature(nobleBackend, statement, index, key);
  verified.set(place, found);
  return found;
};

const verified = new Map<string, boolean>();

function withoutWrites(verdict: Verdict): Expected {
  return verdict.accepted ? { accepted: true, findings: verdict.findings } : { accepted: false, code: verdict.code };
}
