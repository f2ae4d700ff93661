// Presentation contexts: which are accepted, and in which of the transfer syntaxes that were proposed. DICOM PS3.8 § 9.3.3.2; decision 25.
import { lossiness } from "../pixels/transfer-syntaxes.ts";
import type { AssociateRequest, ContextResult, ProposedContext, RoleSelection } from "./pdu.ts";

const implicitLittleEndian = "1.2.840.10008.1.2";
/** Explicit Big Endian, retired, and Deflated: nobody keeps objects like this but who puts it first. */
const unlikely: ReadonlySet<string> = new Set(["1.2.840.10008.1.2.2", "1.2.840.10008.1.2.1.99"]);

/** Answers every proposed context, in order. */
export function negotiate(
  { contexts }: AssociateRequest,
  isTaken: (abstractSyntax: string) => boolean,
): readonly ContextResult[] {
  return contexts.map((context) => resultOf(context, isTaken));
}

/** Answers the roles that were proposed for accepted contexts: the requestor sends, this side takes. PS3.7 § D.3.3.4. */
export function negotiateRoles(
  { contexts, user }: AssociateRequest,
  results: readonly ContextResult[],
): readonly RoleSelection[] {
  const accepted = new Set(
    contexts.flatMap(({ abstractSyntax }, at) => (results[at]?.result === 0 ? [abstractSyntax] : [])),
  );
  const roles = new Map(user.roles.map((role) => [role.sopClass, role]));
  return [...roles.values()].flatMap(({ sopClass, scu }) =>
    accepted.has(sopClass) ? [{ sopClass, scu, scp: false }] : [],
  );
}

/**
 * Chooses of the transfer syntaxes proposed in one context: the first, since senders begin with what they have. Only Implicit VR Little Endian says nothing by
 * its place, as everybody has to propose it, and it drops what VRs say; then it is the first other one in which no sample is lost.
 */
export function chosenTransferSyntax(proposed: readonly string[]): string | undefined {
  const [first] = proposed;
  if (first !== implicitLittleEndian) return first;
  return proposed.find((uid) => uid !== first && !unlikely.has(uid) && lossiness(uid) === "lossless") ?? first;
}

function resultOf(
  { id, abstractSyntax, transferSyntaxes }: ProposedContext,
  isTaken: (uid: string) => boolean,
): ContextResult {
  // What is not accepted carries a transfer syntax all the same, without a meaning.
  const transferSyntax = chosenTransferSyntax(transferSyntaxes);
  if (!isTaken(abstractSyntax)) return { id, result: 3, transferSyntax: implicitLittleEndian };
  if (transferSyntax === undefined) return { id, result: 4, transferSyntax: implicitLittleEndian };
  return { id, result: 0, transferSyntax };
}
