// Verification of a receipt, step by step, with nothing but the receipt and a policy. docs/formats/receipt.md § Verification.
import { parseSignedCheckpoint, type SignedCheckpoint } from "../checkpoint/checkpoint.ts";
import type { SignatureVerifiers } from "../checkpoint/note-verification.ts";
import { CoreError } from "../core-error.ts";
import { type ChainedSigner, followKeyChain } from "../identity/key-chain.ts";
import { verifyManifestItem } from "../manifest/manifest.ts";
import { leafHash } from "../merkle/hashes.ts";
import { verifyInclusion } from "../merkle/inclusion-proof.ts";
import { precheckEd25519 } from "../signature/ed25519-rule.ts";
import type { SignatureBackend } from "../signature/verification.ts";
import { opens } from "../statement/commitment.ts";
import { type Entry, parseEntry } from "../statement/entry.ts";
import type { ProvedEntry, Receipt } from "./receipt.ts";
import { checkQuorum, type LogVerdict, logVerdict } from "./receipt-cosigners.ts";
import type { TrustPolicy } from "./trust-policy.ts";

/** The steps in the order in which they are taken and shown. */
export const receiptSteps = [
  "statement",
  "disclosures",
  "objects",
  "policy",
  "keyChain",
  "inclusion",
  "checkpoint",
  "cosignatures",
] as const;
export type ReceiptStep = (typeof receiptSteps)[number];

/** How one step came out. `code` names what does not hold; a step that rests on a failed one is not run. */
export interface StepResult {
  readonly step: ReceiptStep;
  readonly result: "holds" | "fails" | "not-run";
  readonly code?: string;
}

/** What nobody but the log's own organization vouches for. */
export type Reservation = "NOT_WITNESSED" | "RULES_APPLIED_BY_ONE";

/** What a receipt proves, once verified. */
export interface ReceiptVerification {
  readonly ok: boolean;
  readonly steps: readonly StepResult[];
  readonly entry?: Entry;
  readonly index: number;
  /** The signers with type, organization and the roles that the key chain shows. */
  readonly signers?: readonly ChainedSigner[];
  readonly checkpoint?: SignedCheckpoint["checkpoint"];
  /** Cosigners of the policy, with their times: POSIX seconds. */
  readonly cosigners: readonly { readonly name: string; readonly timestamp: number; readonly replica: boolean }[];
  /** Cosigners of the policy whose signatures are there and count for nothing: their algorithm's verifier was not given. */
  readonly unchecked: readonly string[];
  readonly reservations: readonly Reservation[];
  /** The logs that the policy names, in order, where the receipt's is none of them; what the policy says is then held against nothing. */
  readonly otherLogs?: readonly string[];
}

/** Verifies a receipt under a policy. `mlDsa44` verifies cosignatures of that algorithm; without it they are `unchecked`. Never throws: whatever is wrong is a step that fails, with a code. */
export function verifyReceipt(
  receipt: Receipt,
  trust: TrustPolicy,
  backend: SignatureBackend,
  mlDsa44?: SignatureVerifiers["mlDsa44"],
): ReceiptVerification {
  const steps = stepper();
  const all = [receipt.entry, ...receipt.keyChain];
  const entries = steps.run("statement", () => all.map(entryOf));
  steps.run("disclosures", () => checkDisclosures(all, entries as Entry[]), entries);
  steps.run("objects", () => checkObjects(receipt, entries?.[0] as Entry), entries);
  const named = steps.run("policy", () => checkNamed(entries?.[0] as Entry, trust), entries);
  const signers = steps.run("keyChain", () => chain(receipt, entries as Entry[], trust, backend), named);
  const signed = steps.run("checkpoint", () => parseSignedCheckpoint(receipt.checkpoint));
  steps.run("inclusion", () => checkInclusion(all, signed as SignedCheckpoint), entries && signed);
  const verifiers = verifiersOf(backend, mlDsa44);
  const verdict = steps.run(
    "checkpoint",
    () => checkLog(signed as SignedCheckpoint, entries?.[0], trust, verifiers),
    named && signed,
  );
  steps.run("cosignatures", () => checkQuorum(verdict as LogVerdict, trust.policy), verdict);
  const cosigners = (verdict?.witnesses ?? []).map((mark) => ({
    ...mark,
    replica: trust.replicas.includes(mark.name),
  }));
  const reservations = reservationsOf(cosigners);
  const { ok, results } = steps.outcome();
  return {
    ok,
    steps: results,
    index: receipt.entry.index,
    cosigners,
    unchecked: verdict?.unchecked ?? [],
    reservations,
    ...(entries?.[0] && { entry: entries[0] }),
    ...(signers && { signers }),
    ...(signed && { checkpoint: signed.checkpoint }),
    ...(entries && named === undefined && { otherLogs: Object.keys(trust.genesis).sort() }),
  };
}

function entryOf({ bytes }: ProvedEntry): Entry {
  const entry = parseEntry(bytes);
  if (entry === undefined) throw new CoreError("ENTRY_MALFORMED");
  return entry;
}

function checkDisclosures(all: readonly ProvedEntry[], entries: readonly Entry[]): void {
  for (const [at, { disclosures }] of all.entries()) {
    for (const [name, disclosure] of Object.entries(disclosures)) {
      const committed = entries[at]?.statement.content.commitments[name];
      check(committed !== undefined && opens(disclosure, committed), "DISCLOSURE_DOES_NOT_OPEN");
    }
  }
}

function checkObjects({ objects }: Receipt, entry: Entry): void {
  const root = entry.statement.content.open["manifest"];
  for (const { proof } of objects)
    check(typeof root === "string" && verifyManifestItem(proof, root), "OBJECT_NOT_IN_MANIFEST");
}

function checkNamed({ statement }: Entry, { genesis }: TrustPolicy): true {
  check(Object.hasOwn(genesis, statement.content.log), "POLICY_OF_OTHER_LOG");
  return true;
}

function chain(
  { keyChain }: Receipt,
  [entry, ...links]: readonly Entry[],
  { genesis }: TrustPolicy,
  backend: SignatureBackend,
): readonly ChainedSigner[] {
  const statement = (entry as Entry).statement;
  const first = links[0]?.statement ?? statement;
  check((keyChain[0]?.index ?? 0) === 0, "CHAIN_WITHOUT_GENESIS");
  check(
    first.id === genesis[statement.content.log] &&
      links.every((link) => link.statement.content.log === statement.content.log),
    "GENESIS_NOT_TRUSTED",
  );
  check(
    keyChain.every(({ index }, at) => at === 0 || index > (keyChain[at - 1] as ProvedEntry).index) &&
      // A log has a statement once. Repeated at will, one link would have its signatures verified as often.
      new Set(links.map(({ statement: { id } }) => id)).size === links.length,
    "CHAIN_OUT_OF_ORDER",
  );
  // Entry 0 proves itself: it is the genesis that the policy names.
  const found = followKeyChain(
    backend,
    links.length === 0 ? [statement] : links.map((link) => link.statement),
    statement,
  );
  if (typeof found === "string") throw new CoreError(found);
  return found;
}

function checkInclusion(all: readonly ProvedEntry[], { checkpoint }: SignedCheckpoint): void {
  for (const { index, hashes, bytes } of all) verifyInclusion(leafHash(bytes), { index, hashes }, checkpoint);
}

function checkLog(
  signed: SignedCheckpoint,
  entry: Entry | undefined,
  { policy }: TrustPolicy,
  verifiers: SignatureVerifiers,
): LogVerdict {
  check(signed.checkpoint.origin === entry?.statement.content.log, "CHECKPOINT_OF_OTHER_LOG");
  return logVerdict(signed, policy, verifiers);
}

function verifiersOf(backend: SignatureBackend, mlDsa44: SignatureVerifiers["mlDsa44"]): SignatureVerifiers {
  const ed25519: SignatureVerifiers["ed25519"] = (key, message, signature) =>
    precheckEd25519(key, signature) && backend.verifyEd25519(key, message, signature);
  return mlDsa44 === undefined ? { ed25519 } : { ed25519, mlDsa44 };
}

function reservationsOf(cosigners: readonly { readonly replica: boolean }[]): readonly Reservation[] {
  if (cosigners.length === 0) return ["NOT_WITNESSED", "RULES_APPLIED_BY_ONE"];
  return cosigners.some(({ replica }) => replica) ? [] : ["RULES_APPLIED_BY_ONE"];
}

function check(
  holds: boolean,
  code:
    | "CHECKPOINT_OF_OTHER_LOG"
    | "CHAIN_WITHOUT_GENESIS"
    | "POLICY_OF_OTHER_LOG"
    | "GENESIS_NOT_TRUSTED"
    | "CHAIN_OUT_OF_ORDER"
    | "OBJECT_NOT_IN_MANIFEST"
    | "DISCLOSURE_DOES_NOT_OPEN",
): void {
  if (!holds) throw new CoreError(code);
}

interface Stepper {
  /** Runs an action as (part of) a step, unless what it rests on is missing; returns its result, or undefined when it fails. */
  run<Result>(step: ReceiptStep, action: () => Result, ...needs: readonly unknown[]): Result | undefined;
  outcome(): { ok: boolean; results: readonly StepResult[] };
}

function stepper(): Stepper {
  const results = new Map<ReceiptStep, StepResult>();
  return {
    run: (step, action, ...needs) => {
      if (results.get(step)?.result === "fails") return undefined;
      if (needs.some((need) => need === undefined)) {
        results.set(step, { step, result: "not-run" });
        return undefined;
      }
      try {
        const result = action();
        results.set(step, { step, result: "holds" });
        return result;
      } catch (thrown) {
        results.set(step, {
          step,
          result: "fails",
          code: thrown instanceof CoreError ? thrown.code : "RECEIPT_MALFORMED",
        });
        return undefined;
      }
    },
    outcome: () => {
      const ordered = receiptSteps.map((step) => results.get(step) ?? ({ step, result: "not-run" } as const));
      return { ok: ordered.every(({ result }) => result === "holds"), results: ordered };
    },
  };
}
