// Whether a checkpoint satisfies a policy, and by whom. C2SP tlog-policy § What is a "policy"?
import type { SignedCheckpoint } from "./checkpoint.ts";
import { type SignatureVerifiers, type VerifiedSignature, verifyNote } from "./note-verification.ts";
import type { Policy } from "./policy.ts";
import { isSameKey, type VerifierKey } from "./verifier-key.ts";

/** What a policy says of a checkpoint. `holds` when a listed log signed and the quorum is met. */
export interface PolicyVerdict {
  readonly holds: boolean;
  readonly logSigned: boolean;
  readonly quorumMet: boolean;
  /** The policy's witnesses that cosigned, and when: POSIX seconds. */
  readonly witnesses: readonly WitnessMark[];
}

/** That a witness of the policy cosigned at a time; its last, if it did so more than once. */
export interface WitnessMark {
  readonly name: string;
  readonly timestamp: number;
}

/** Verifies the signatures by the policy's keys and weighs them. Throws as verifyNote: a bad one by any of these keys spoils all. */
export function verifyCheckpoint(
  signed: SignedCheckpoint,
  policy: Policy,
  verifiers: SignatureVerifiers,
): PolicyVerdict {
  return weighSignatures(signed, policy, verifyNote(signed.note, policyKeys(policy), verifiers));
}

/** Weighs signatures that verifyNote found good on this checkpoint. A log key counts only under its own name's origin. */
export function weighSignatures(
  { checkpoint }: SignedCheckpoint,
  policy: Policy,
  verified: readonly VerifiedSignature[],
): PolicyVerdict {
  const logSigned = policy.logs.some(
    ({ key }) => key.name === checkpoint.origin && verified.some((signature) => isSameKey(signature.key, key)),
  );
  const witnesses = policy.witnesses.flatMap(({ name, key }) => {
    const times = verified.flatMap((signature) => (isSameKey(signature.key, key) ? [signature.timestamp ?? 0] : []));
    return times.length === 0 ? [] : [{ name, timestamp: Math.max(...times) }];
  });
  const quorumMet = isQuorum(
    policy,
    witnesses.map(({ name }) => name),
  );
  return { holds: logSigned && quorumMet, logSigned, quorumMet, witnesses };
}

/** Tells whether these witnesses, by the policy's names, are enough. */
export function isQuorum({ groups, quorum }: Policy, witnesses: readonly string[]): boolean {
  const satisfied = new Set(witnesses);
  for (const { name, threshold, members } of groups) {
    const cosigned = [...new Set(members)].filter((member) => satisfied.has(member));
    if (cosigned.length >= threshold) satisfied.add(name);
  }
  return quorum === "none" || satisfied.has(quorum);
}

/** Returns every key that the policy names. */
export function policyKeys({ logs, witnesses }: Policy): VerifierKey[] {
  return [...logs, ...witnesses].map(({ key }) => key);
}
