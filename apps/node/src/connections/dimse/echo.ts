// C-ECHO to another system: whether it answers, and to us. DICOM PS3.4 Annex A, PS3.7 § 9.1.5.
import { commandFields, noDataSet, verificationClass } from "@fiducial/dicom/dimse";
import { NodeError } from "../../node-error.ts";
import { type DimsePeer, requestAssociation } from "./requested-association.ts";

/** Resolves when the system has answered the echo. Rejects as `requestAssociation` does, and with DIMSE_ECHO_REFUSED. */
export async function echo(peer: DimsePeer): Promise<void> {
  const transferSyntaxes = ["1.2.840.10008.1.2"];
  const association = await requestAssociation(peer, [{ id: 1, abstractSyntax: verificationClass, transferSyntaxes }]);
  try {
    if (association.contexts[0]?.result !== 0) throw new NodeError("DIMSE_ECHO_REFUSED");
    const { status } = await association.send(1, {
      affectedSopClassUid: verificationClass,
      commandField: commandFields.echo,
      messageId: 1,
      commandDataSetType: noDataSet,
    });
    if (status !== 0) throw new NodeError("DIMSE_ECHO_REFUSED", { status: status ?? -1 });
  } catch (thrown) {
    association.abort();
    throw thrown;
  }
  // It has answered; how it says goodbye changes nothing.
  await association.release().catch(association.abort);
}
