// The door of DIMSE: associations and messages as values, without sockets.
export {
  type AcceptorDelivery,
  type AcceptorEvent,
  type AcceptorState,
  acceptorStep,
  newAcceptor,
} from "./acceptor.ts";
export type { Action, Ended, Step } from "./association-step.ts";
export { type CommandSet, commandFields, noDataSet } from "./command-set.ts";
export { type DataSetIdentity, dataSetIdentity } from "./data-set-head.ts";
export { type DimseLimits, defaultDimseLimits } from "./dimse-limits.ts";
export { fileHead, type ReceivedObject } from "./file-meta-writer.ts";
export { implementation } from "./implementation.ts";
export { chosenTransferSyntax, negotiate, negotiateRoles } from "./negotiation.ts";
export {
  type AssociateRequest,
  type ContextResult,
  dicomApplicationContext,
  type ProposedContext,
  type UserInformation,
} from "./pdu.ts";
export { type PduReader, pduReader } from "./pdu-reader.ts";
export { isAeTitle } from "./pdu-text.ts";
export {
  newRequestor,
  type RequestorDelivery,
  type RequestorEvent,
  type RequestorState,
  requestorStep,
} from "./requestor.ts";
export { isStored, type Status, statuses } from "./status.ts";
export { isStorageClass, type StorageClass, storageClasses, verificationClass } from "./storage-classes.ts";
