// Acts of members: signed by their own keys, kept, submitted; what the ledger refuses is thrown with its code.
import { type Kind, refusalOf } from "@fiducial/contract";
import type { Outcome } from "@fiducial/ledger";
import type { StatementPart, VaultWriter } from "@fiducial/vault";
import { NodeError, type RefusalCode } from "../node-error.ts";
import { type Author, type Prepared, type Saying, type Signatory, signatory } from "../statements/author.ts";
import type { MemberKey } from "./key-file.ts";

export type Accepted = Extract<Outcome, { status: "accepted" }>;

/** Where a statement's part of the vault belongs. `subject` may be made in the vault's transaction. */
export type Keeping = (writer: VaultWriter) => Omit<StatementPart, "statement" | "seed" | "disclosures">;

/** For what is about nobody: the organization's own part of the vault. */
export const keptByOrganization: Keeping = (writer) => ({ subject: writer.organizationSubject() });

/** The first states, the others counter-sign. The same key given twice is one approver. Throws APPROVALS_TOO_FEW, KEY_FILE_FOREIGN. */
export function signatoriesOf(
  keys: readonly MemberKey[],
  organization: string,
): readonly [Signatory, ...Signatory[]] {
  if (keys.some((key) => key.organization !== organization)) throw new NodeError("KEY_FILE_FOREIGN");
  const all = keys.map(({ actor, secret }, at) =>
    signatory(actor, organization, secret, at === 0 ? "self" : "counter-signature"),
  );
  const known = new Set<string>();
  const different = all.filter(({ signer }) => !known.has(signer.key) && known.add(signer.key));
  const [first, ...others] = different;
  if (first === undefined) throw new NodeError("APPROVALS_TOO_FEW");
  return [first, ...others];
}

/** States something and keeps what opens it. Rejects with the contract's code when the ledger refuses. */
export async function state<Open, Sealed>(
  author: Author,
  kind: Kind<Open, Sealed>,
  saying: Saying<Open, Sealed>,
  signatories: readonly [Signatory, ...Signatory[]],
  keeping: Keeping,
): Promise<Accepted> {
  const prepared: Prepared = await author.prepare(kind, saying, signatories);
  return acceptedOrThrown(await author.send(prepared, keeping));
}

/** Returns an accepted outcome; throws any other with its code. */
export function acceptedOrThrown(outcome: Outcome): Accepted {
  if (outcome.status === "accepted") return outcome;
  const isKnown = refusalOf(outcome.code) !== undefined;
  throw isKnown ? new NodeError(outcome.code as RefusalCode) : new NodeError("INTERNAL", { code: outcome.code });
}
