// Acts of members: signed by their own keys, kept, submitted; what the ledger refuses is thrown with its code.
import { type Kind, refusalOf } from "@fiducial/contract";
import type { Outcome } from "@fiducial/ledger";
import type { StatementPart, Vault, VaultWriter } from "@fiducial/vault";
import { NodeError, type RefusalCode } from "../node-error.ts";
import { type Author, type Prepared, type Saying, type Signatory, signatory } from "../statements/author.ts";
import type { MemberKey } from "./key-file.ts";
import type { Site } from "./site.ts";
import type { UnderWay } from "./under-way.ts";

export type Accepted = Extract<Outcome, { status: "accepted" }>;

/** Where a statement's part of the vault belongs. `subject` may be made in the vault's transaction. */
export type Keeping = (writer: VaultWriter) => Omit<StatementPart, "statement" | "seed" | "disclosures">;

/** For what is about nobody: the organization's own part of the vault. */
export const keptByOrganization: Keeping = (writer) => ({ subject: writer.organizationSubject() });

/** With the study that it is about, as long as anything is kept of that. */
export function keptWithStudy(vault: Vault, study: string): Keeping {
  const subject = vault.subjectOfStudy(study);
  return subject === undefined ? keptByOrganization : () => ({ subject, study });
}

/** The first states, the others counter-sign. The same key given twice is one approver. Throws APPROVALS_TOO_FEW, KEY_FILE_FOREIGN. */
export function signatoriesOf(keys: readonly MemberKey[], organization: string): readonly [Signatory, ...Signatory[]] {
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

/** As many studies as one statement names. */
const studiesAtOnce = 256;

/** Divides studies into lists that one statement can name. */
export function inLists(studies: readonly string[]): string[][] {
  const lists = Math.ceil(studies.length / studiesAtOnce);
  return Array.from({ length: lists }, (_, at) => studies.slice(at * studiesAtOnce, (at + 1) * studiesAtOnce));
}

/** Writes down what is about to be done, then sends its approvals. Rejects with the contract's code when one is refused: then nothing is done. */
export async function sendApprovals(
  { journal, author }: Pick<Site, "journal" | "author">,
  work: UnderWay,
  approvals: readonly Prepared[],
): Promise<void> {
  journal.begin(work);
  try {
    for (const approval of approvals) acceptedOrThrown(await author.send(approval, keptByOrganization));
  } catch (thrown) {
    // Refused: what else was approved before is never executed. After anything worse nobody knows yet; the next opening does.
    if (thrown instanceof NodeError) journal.end();
    throw thrown;
  }
}
