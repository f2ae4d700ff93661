// Protocol data units of the upper layer, as values. DICOM PS3.8 § 9.3.

/** A presentation context as a requestor proposes it. PS3.8 § 9.3.2.2. */
export interface ProposedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** What became of a proposed context; the transfer syntax has a meaning when the result is 0 only. PS3.8 § 9.3.3.2. */
export interface ContextResult {
  readonly id: number;
  readonly result: ContextOutcome;
  readonly transferSyntax: string;
}

/** 0 accepted, 1 user rejection, 2 no reason, 3 abstract syntax not supported, 4 none of the transfer syntaxes supported. */
export type ContextOutcome = 0 | 1 | 2 | 3 | 4;

/** Which sides the requestor takes in a SOP class. PS3.7 § D.3.3.4. */
export interface RoleSelection {
  readonly sopClass: string;
  readonly scu: boolean;
  readonly scp: boolean;
}

/** What either side says of itself. PS3.7 § D.3.3, PS3.8 Annex D. */
export interface UserInformation {
  /** Bytes of a P-DATA-TF behind its first six that the sender of this takes; 0 for any number. */
  readonly maximumLength: number;
  readonly implementationClassUid: string;
  readonly implementationVersionName: string;
  readonly roles: readonly RoleSelection[];
}

/** PS3.8 § 9.3.2. AE titles come without their padding; one with characters that no title has comes empty. */
export interface AssociateRequest {
  readonly type: "associate-request";
  readonly protocolVersion: number;
  readonly calledAe: string;
  readonly callingAe: string;
  readonly applicationContext: string;
  readonly contexts: readonly ProposedContext[];
  readonly user: UserInformation;
}

/** PS3.8 § 9.3.3. The titles are those of the request, sent back. */
export interface AssociateAccept {
  readonly type: "associate-accept";
  readonly calledAe: string;
  readonly callingAe: string;
  readonly contexts: readonly ContextResult[];
  readonly user: UserInformation;
}

/** PS3.8 § 9.3.4, table 9-21: result 1 permanent, 2 transient; the meaning of the reason depends on the source. */
export interface AssociateReject {
  readonly type: "associate-reject";
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** PS3.8 § 9.3.6 and § 9.3.7. */
export interface ReleaseRequest {
  readonly type: "release-request";
}
export interface ReleaseResponse {
  readonly type: "release-response";
}

/** PS3.8 § 9.3.8: source 0 the user, 2 the provider, whose reasons are those of `abortReasons`. */
export interface Abort {
  readonly type: "abort";
  readonly source: number;
  readonly reason: number;
}

/** Every PDU but P-DATA-TF, whose fragments come one by one. */
export type Pdu = AssociateRequest | AssociateAccept | AssociateReject | ReleaseRequest | ReleaseResponse | Abort;

/** A stretch of a message. PS3.8 § 9.3.5.1 and Annex E.2. */
export interface Fragment {
  readonly type: "fragment";
  readonly contextId: number;
  /** Whether it is of the command set, else of the data set. */
  readonly isCommand: boolean;
  /** A view of what was given to the reader. */
  readonly bytes: Uint8Array;
  /** Whether the command set or the data set ends with it. */
  readonly isLast: boolean;
}

/** Why the provider aborts. PS3.8 § 9.3.8. */
export const abortReasons = {
  notSpecified: 0,
  unrecognizedPdu: 1,
  unexpectedPdu: 2,
  unrecognizedParameter: 4,
  unexpectedParameter: 5,
  invalidParameter: 6,
} as const;

/** One of them. */
export type AbortReason = (typeof abortReasons)[keyof typeof abortReasons];

/** What is no PDU, or one that breaks a limit. Nothing after it can be read. */
export interface Malformed {
  readonly type: "malformed";
  readonly reason: AbortReason;
}

/** The codes of PS3.8 § 9.3.1. */
export const pduTypes = {
  associateRequest: 1,
  associateAccept: 2,
  associateReject: 3,
  data: 4,
  releaseRequest: 5,
  releaseResponse: 6,
  abort: 7,
} as const;

/** The items of PS3.8 § 9.3.2, § 9.3.3 and Annex D, and of PS3.7 Annex D.3.3. */
export const itemTypes = {
  applicationContext: 0x10,
  proposedContext: 0x20,
  contextResult: 0x21,
  abstractSyntax: 0x30,
  transferSyntax: 0x40,
  userInformation: 0x50,
  maximumLength: 0x51,
  implementationClassUid: 0x52,
  roleSelection: 0x54,
  implementationVersionName: 0x55,
} as const;

/** The one application context that there is. PS3.7 § A.2.1. */
export const dicomApplicationContext = "1.2.840.10008.3.1.1.1";
