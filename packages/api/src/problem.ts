// What an answer says when it is none: RFC 9457 problem details, with a code from one table.
import { refusalOf } from "@fiducial/contract";
import { z } from "zod";
import { RequestFault } from "./request-fault.ts";

/** The body of every refused or failed request, as application/problem+json. */
export const Problem = z.object({
  /** Where the code is explained, or about:blank. */
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,63}$/),
  /** What to do about this one, without patient data. */
  detail: z.string(),
  /** With NOT_ALLOWED: the permission that is missing. docs/permissions.md. */
  permission: z.string().optional(),
  /** With REQUEST_INVALID: which parameters, headers or members of the body do not fit. Names, and nothing of what was sent. */
  errors: z.array(RequestFault).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** What a code of the surface says. `retryAfter` tells after how many seconds to ask again, where that helps. RFC 9110 § 10.2.3. */
export interface ApiProblem {
  readonly http: number;
  readonly says: string;
  readonly retryAfter?: number;
  /** FHIR's issue type, where it says more than the status does. FHIR R4, value set issue-type. */
  readonly fhir?: "not-supported" | "too-costly";
}

/** Codes of the HTTP surface itself. A refusal of the contract, STUDY_UNKNOWN for one, keeps its own status and sentence. */
export const apiProblems = {
  REQUEST_INVALID: { http: 400, says: "The request does not have the shape that this address takes." },
  MULTIPART_INVALID: {
    http: 400,
    says: "The body is no multipart body with at least one part, or not of the boundary that the request names.",
  },
  UPLOAD_BROKEN_OFF: {
    http: 400,
    says: "The body ended before its closing boundary. Objects that had come whole are kept; send the request again, what is here already is not doubled.",
  },
  MATCH_UNSUPPORTED: {
    http: 400,
    says: "The search names an attribute, or a form of matching, that this node does not match by; docs/dicomweb.md lists those it does.",
  },
  DISCLOSURE_UNSUITED: {
    http: 400,
    says: "A disclosure opens none of the statement's commitments. Hand in salts and values as they were sealed, by the names of the fields.",
  },
  SEALED_VALUE_INVALID: {
    http: 400,
    says: "A value that was sealed is not what the kind's field takes, or two were sealed under one salt. Seal it anew, and sign again.",
  },
  NOT_SIGNED_IN: {
    http: 401,
    says: "This is for people who are signed in, and for machines with a token. Sign in at the node's page, or send a token.",
  },
  TOKEN_INVALID: {
    http: 401,
    says: "The token is none of this node's, or has ended. Get another.",
  },
  SIGN_IN_REFUSED: {
    http: 401,
    says: "The sign-in did not come to its end: the issuer refused it, or what came back is not what was asked for. Begin again.",
  },
  SIGN_IN_LOST: {
    http: 400,
    says: "This sign-in was not begun in this browser, or was left alone for too long. Begin again.",
  },
  PASSKEYS_NOT_OFFERED: {
    http: 409,
    says: "Browsers make and use passkeys at an address with HTTPS and a host name, or at localhost. Come by one.",
  },
  PASSKEY_CHALLENGE_LOST: {
    http: 400,
    says: "This was not begun in this browser, was left alone for too long, or has been used. Begin again.",
  },
  PASSKEY_REFUSED: {
    http: 403,
    says: "The passkey is not taken: it is none of this node's members', has ended, or what it signed is not what it was asked for.",
  },
  ORIGIN_FOREIGN: { http: 403, says: "A page of another site asked for this in your name. Nothing was done." },
  PERSON_RETIRED: {
    http: 403,
    says: "The organization has ended this person's membership. Nobody signs in as them any more.",
  },
  NOT_ALLOWED: { http: 403, says: "Who asks may not do this: the problem names the permission that is missing." },
  PARAMETER_UNKNOWN: {
    http: 400,
    fhir: "not-supported",
    says: "The search names a parameter that this resource type does not take. The CapabilityStatement lists those that it takes.",
  },
  PARAMETER_INVALID: {
    http: 400,
    says: "A search parameter has a value of another form than it takes, or too many of them.",
  },
  SEARCH_TOO_COSTLY: {
    http: 400,
    fhir: "too-costly",
    says: "The search would look at more than a search may. Name a patient, an identifier or a shorter time, or leave the order as it is.",
  },
  RESOURCE_UNKNOWN: { http: 404, says: "There is no such resource here, or nothing of it is kept any more." },
  FORMAT_NOT_OFFERED: { http: 406, says: "Resources are offered as application/fhir+json only." },
  PAGE_EXPIRED: {
    http: 410,
    says: "This page of a search is none of the node's, or was from before it was started. Search again.",
  },
  METHOD_NOT_ALLOWED: {
    http: 405,
    fhir: "not-supported",
    says: "This address does not take that method. The field Allow says which it takes.",
  },
  ROUTE_UNKNOWN: { http: 404, says: "There is nothing at this address." },
  LOG_UNKNOWN: { http: 404, says: "This node keeps no log of that origin." },
  TILE_UNKNOWN: { http: 404, says: "The log has no such tile, or not yet." },
  ENTRY_UNKNOWN: { http: 404, says: "The log has no entry of that number." },
  OBJECT_UNKNOWN: { http: 404, says: "No such object is registered here." },
  SESSION_UNKNOWN: { http: 404, says: "There is no such session, or it has ended." },
  PASSKEY_UNKNOWN: {
    http: 404,
    says: "Whoever asks has no such passkey, or none at all that could sign. Add one under “Your account”.",
  },
  DRAFT_UNKNOWN: {
    http: 404,
    says: "There is no such draft: it was signed, was left alone for five minutes, or is another session's. Begin again.",
  },
  CLIENT_UNKNOWN: { http: 404, says: "No machine is known by this id, or it was revoked." },
  INTAKE_UNKNOWN: {
    http: 404,
    says: "There is no such intake: it was registered or left alone too long, or the node was started again since. Begin another.",
  },
  CONNECTION_UNKNOWN: { http: 404, says: "The node has no connection with this id. Ask which it has." },
  INSTANCES_UNKNOWN: {
    http: 404,
    says: "Nothing is registered here under these UIDs. What was sent a moment ago is registered when its study has settled; what was destroyed is known by its UIDs no more.",
  },
  FRAME_UNKNOWN: { http: 404, says: "The object has no such frame." },
  VALUE_UNKNOWN: { http: 404, says: "The object has no value at this address." },
  NOT_ACCEPTABLE: {
    http: 406,
    says: "Objects are given as they are stored, and the request accepts no form of this one. Accept any transfer syntax, or the one that the object is in.",
  },
  NOT_RENDERABLE: { http: 406, says: "No picture can be made of this object, or not by this node." },
  OBJECT_NOT_STORED: { http: 404, says: "The object is registered, and its bytes are not kept here." },
  PACS_UNREACHABLE: {
    http: 503,
    says: "The PACS that keeps this object does not answer. What is registered of it is here all the same; the PACS is asked again at the next try, and nothing need be done here when it is back.",
    retryAfter: 30,
  },
  PACS_DENIED: { http: 502, says: "The PACS refuses the node's user or password. Have an operator check both." },
  PACS_FOREIGN: {
    http: 502,
    says: "What answers at the PACS's address is no DICOMweb as it was asked, gives no end, or leads elsewhere, where the node does not go. Have an operator check the address.",
  },
  PACS_FAILED: { http: 502, says: "The PACS answers with an error of its own. Look at its log, and try again." },
  PACS_COPY_MISSING: {
    http: 502,
    says: "The PACS says that it does not have this object. If it had it before, look there for what became of it; taking the object in again brings it back.",
  },
  PACS_COPY_ALTERED: {
    http: 502,
    says: "What the PACS gives for this object is not what was registered: other pixels, or other content. It is not shown. Look into the PACS before anybody reads from it.",
  },
  PACS_COPY_CHANGED: {
    http: 502,
    says: "What the PACS gives for this object has changed in more than an archive may coerce, or cannot be compared with what was registered. It is not shown here; look at it in the PACS, and verify that copy.",
  },
  PACS_COPY_OTHER_VERSION: {
    http: 502,
    says: "The PACS holds another registered version of this object, and not this one.",
  },
  REQUEST_TIMED_OUT: { http: 408, says: "The request did not arrive in time." },
  INTAKE_FULL: {
    http: 409,
    says: "The intake holds as many objects as one takes. Register it, and begin another for the rest.",
  },
  CONNECTION_NOT_TESTABLE: {
    http: 409,
    says: "This connection cannot be tested from here: it is the other side that calls. Have it send an echo.",
  },
  CONNECTION_CONFIGURED: {
    http: 409,
    says: "The node's configuration names this connection. Take it out there, and start the node again.",
  },
  REQUEST_TOO_LARGE: { http: 413, says: "The request is larger than this address takes." },
  RECEIPT_TOO_LARGE: {
    http: 413,
    says: "A receipt of all these objects would be larger than verifiers read. Ask for several receipts, each of fewer objects.",
  },
  MEDIA_TYPE_UNSUPPORTED: {
    http: 415,
    says: 'Objects come as multipart/related; type="application/dicom", each a DICOM file in a part of its own.',
  },
  HOST_FOREIGN: {
    http: 421,
    says: "The request names another host than this machine, or several. Ask at the address that the node tells when it starts.",
  },
  HEADERS_TOO_LARGE: { http: 431, says: "The request's headers are longer than the node takes." },
  TOO_MANY_INTAKES: {
    http: 429,
    says: "As many intakes are open as the node keeps. Register one, or wait: those left alone close by themselves.",
    retryAfter: 60,
  },
  TOO_MANY_UPLOADS: {
    http: 429,
    says: "As many files come in as the node takes at a time. Send fewer at once.",
    retryAfter: 2,
  },
  TOO_MANY_LISTENERS: { http: 429, says: "As many listen to events as the node serves. Close one.", retryAfter: 30 },
  AUDIT_UNDER_WAY: {
    http: 429,
    says: "Another audit is under way. Wait for its end; one tells as much as two.",
    retryAfter: 60,
  },
  TOO_MANY_REQUESTS: {
    http: 429,
    says: "More requests came from here than the node answers in a minute. Wait, then go on.",
    retryAfter: 30,
  },
  ISSUER_UNTRUSTED: {
    http: 503,
    says: "The sign-in service shows a certificate that this node does not trust. Whoever runs the node names its root in NODE_EXTRA_CA_CERTS, and starts it again.",
  },
  ISSUER_UNREACHABLE: {
    http: 503,
    says: "The organization's sign-in service does not answer. Whoever is signed in stays so; try again shortly.",
    retryAfter: 30,
  },
  INTAKES_FULL: {
    http: 503,
    says: "Files that wait to be registered take all the room that the node gives them. Register an intake, or wait: those left alone close by themselves.",
    retryAfter: 60,
  },
  ACCESS_NOT_RECORDED: {
    http: 503,
    says: "Neither the ledger nor the disk takes a record that this was read, so it is not shown; what care may hang on is. See the node's health.",
    retryAfter: 30,
  },
  LOG_ENDED: {
    http: 503,
    says: "This log was ended by a recovery, and another goes on in its place: nothing more is written or signed here. Use the folder that was recovered.",
  },
  BUSY: { http: 503, says: "The node has more to do than it can take. Try again shortly.", retryAfter: 2 },
  STORED_OBJECT_UNREADABLE: {
    http: 500,
    says: "The stored object cannot be read any more. Run an audit: it names what the disk has damaged.",
  },
  PROJECTION_DAMAGED: {
    http: 500,
    says: "The read model was damaged, and is thrown away. Start the node, or the command, again: it is then built anew from the log.",
  },
  DISK_FULL: {
    http: 507,
    says: "The disk of the node is full. Nothing acknowledged was lost; free space there and start it again.",
  },
  VAULT_FULL: {
    http: 507,
    says: "The disk of the node is full. Nothing acknowledged was lost; free space there and try again.",
  },
  INTERNAL: { http: 500, says: "The node failed. What was acknowledged before still holds." },
} as const satisfies Readonly<Record<string, ApiProblem>>;
export type ApiProblemCode = keyof typeof apiProblems;

/** Makes a problem of a code, the surface's own or a refusal of the contract; any other code is INTERNAL. */
export function problemOf(code: string, detail = ""): Problem {
  const row = Object.hasOwn(apiProblems, code) ? apiProblems[code as ApiProblemCode] : refusalOf(code);
  if (row === undefined) return problemOf("INTERNAL", detail);
  return { type: `/docs/errors#${code}`, title: row.says, status: row.http, code, detail: detail || row.says };
}

/** Tells after how many seconds a request that was answered with this code may be sent again; undefined where waiting alone does not help. */
export function retryAfterOf(code: string): number | undefined {
  return Object.hasOwn(apiProblems, code) ? (apiProblems as Record<string, ApiProblem>)[code]?.retryAfter : undefined;
}

/** FHIR's issue type for a code, where it says more than the status does. */
export function fhirTypeOf(code: string): ApiProblem["fhir"] {
  return Object.hasOwn(apiProblems, code) ? (apiProblems as Record<string, ApiProblem>)[code]?.fhir : undefined;
}

/** What the client says when there is no problem to read: the node was not reached, or answered something else. */
export type ClientFault = "UNREACHABLE" | "ANSWER_MALFORMED";

/** Thrown by the client. Codes: those of apiProblems, the contract's refusals, UNREACHABLE and ANSWER_MALFORMED (status 0). */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: string;
  readonly status: number;
  /** The problem as the node put it, when it did. */
  readonly problem: Problem | undefined;

  constructor(code: string, status: number, problem?: Problem, options?: ErrorOptions) {
    super(problem?.title ?? code, options);
    this.code = code;
    this.status = status;
    this.problem = problem;
  }
}
