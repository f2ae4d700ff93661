// Who approves beside the first signer: rules of two, and majorities of organizations.
import { directory, type Party } from "./directory.ts";
import type { Context } from "./kind.ts";
import { isParty, type SignerFacts } from "./parties.ts";
import type { State } from "./state.ts";

type Signers = Pick<Context<unknown>, "signer" | "approvers">;

/**
 * The approvers of a statement beside its first signer: actors of the same organization who are among `by`, each once.
 * Who signs with a key that the statement itself introduces approves nothing.
 */
export function approversOf({ signer, approvers }: Signers, by: readonly Party[]): readonly SignerFacts[] {
  const found = new Map<string, SignerFacts>();
  for (const approver of approvers) {
    const other = !approver.introduced && approver.actor !== signer.actor;
    if (other && approver.organization === signer.organization && isParty(by, approver)) {
      found.set(approver.actor, approver);
    }
  }
  return [...found.values()];
}

/** Tells whether more than half of the log's organizations sign the statement, each with a root key of its own. */
export function isMajority(state: State, { signer, approvers }: Signers): boolean {
  const organizations = new Set<string>();
  for (const { type, actor, introduced } of [signer, ...approvers]) {
    if (type === "organization" && !introduced) organizations.add(actor);
  }
  return 2 * organizations.size > (directory.log(state)?.organizations ?? 0);
}
