// Who stands behind the checkpoint of a receipt, by a policy; also for whom the verifier lacks the algorithm. docs/formats/receipt.md § Verification.
import type { SignedCheckpoint } from "../checkpoint/checkpoint.ts";
import type { SignatureVerifiers } from "../checkpoint/note-verification.ts";
import type { Policy } from "../checkpoint/policy.ts";
import { isQuorum, type PolicyVerdict, verifyCheckpoint } from "../checkpoint/quorum.ts";
import type { VerifierKey } from "../checkpoint/verifier-key.ts";
import { CoreError } from "../core-error.ts";

/** What a policy says of a checkpoint, as far as the verifier can check. */
export interface LogVerdict extends PolicyVerdict {
  /** Cosigners of the policy whose signatures are there and were passed over, since their algorithm's verifier is not at hand. */
  readonly unchecked: readonly string[];
}

/** Verifies that a listed log signed, and who cosigned. Throws LOG_NOT_TRUSTED, VERIFIER_MISSING for a log's algorithm, and as verifyNote. */
export function logVerdict(signed: SignedCheckpoint, policy: Policy, verifiers: SignatureVerifiers): LogVerdict {
  const { checkpoint, note } = signed;
  const isCheckable = ({ key }: Named) => key.type !== "ml-dsa-44-cosignature" || verifiers.mlDsa44 !== undefined;
  const hasSigned = ({ key }: Named) =>
    note.signatures.some(({ name, keyId }) => name === key.name && keyId === key.keyId);
  const logs = policy.logs.filter((log) => log.key.name === checkpoint.origin && hasSigned(log));
  if (logs.length > 0 && !logs.some(isCheckable)) throw new CoreError("VERIFIER_MISSING");
  const verdict = verifyCheckpoint(
    signed,
    { ...policy, logs: policy.logs.filter(isCheckable), witnesses: policy.witnesses.filter(isCheckable) },
    verifiers,
  );
  if (!verdict.logSigned) throw new CoreError("LOG_NOT_TRUSTED");
  const unchecked = policy.witnesses.filter((witness) => !isCheckable(witness) && hasSigned(witness));
  return { ...verdict, unchecked: unchecked.map(({ name }) => name) };
}

/** Throws QUORUM_NOT_MET, or VERIFIER_MISSING when it would be met with those that could not be checked. */
export function checkQuorum({ quorumMet, witnesses, unchecked }: LogVerdict, policy: Policy): void {
  if (quorumMet) return;
  const names = [...witnesses.map(({ name }) => name), ...unchecked];
  throw new CoreError(isQuorum(policy, names) ? "VERIFIER_MISSING" : "QUORUM_NOT_MET");
}

interface Named {
  readonly key: VerifierKey;
}
