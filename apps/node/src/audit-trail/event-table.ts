// Every security event that the audit trail may have, with what DICOM calls it. PS3.15 A.5.3, PS3.16 CID 400 and 401.

/** A coded value of DICOM's own scheme DCM. */
export type Coded = readonly [code: string, meaning: string];

/** One event. */
export interface SecurityEventRow {
  readonly says: string;
  readonly id: Coded;
  readonly type?: Coded;
  /** Create, read, update, delete, execute. PS3.15 A.5.2.1. */
  readonly action: "C" | "R" | "U" | "D" | "E";
}

const activity: Coded = ["110100", "Application Activity"];
const auditLogUsed: Coded = ["110101", "Audit Log Used"];
const instancesAccessed: Coded = ["110103", "DICOM Instances Accessed"];
const studyDeleted: Coded = ["110105", "DICOM Study Deleted"];
const importing: Coded = ["110107", "Import"];
const networkEntry: Coded = ["110108", "Network Entry"];
const alert: Coded = ["110113", "Security Alert"];
const authentication: Coded = ["110114", "User Authentication"];

/** By code. A part of the node that has something to tell adds a row here, and tells it to the trail. */
export const securityEvents = {
  NODE_STARTED: { says: "The node was started.", id: activity, type: ["110120", "Application Start"], action: "E" },
  NODE_STOPPED: { says: "The node was stopped.", id: activity, type: ["110121", "Application Stop"], action: "E" },
  CONFIGURATION_READ: {
    says: "The node was started with this configuration.",
    id: alert,
    type: ["110131", "Software Configuration"],
    action: "E",
  },
  CERTIFICATE_CHANGED: {
    says: "Another certificate is in use.",
    id: alert,
    type: ["110129", "Security Configuration"],
    action: "U",
  },
  SIGNED_IN: { says: "Somebody signed in.", id: authentication, type: ["110122", "Login"], action: "E" },
  SIGNED_OUT: {
    says: "Somebody signed out, or a session ended.",
    id: authentication,
    type: ["110123", "Logout"],
    action: "E",
  },
  TOKEN_ISSUED: { says: "A machine got a token.", id: authentication, type: ["110122", "Login"], action: "E" },
  REQUEST_REFUSED: {
    says: "A request was refused to whoever asked.",
    id: alert,
    type: ["110132", "Use of Restricted Function"],
    action: "E",
  },
  CALLER_REFUSED: {
    says: "A system that nobody declared called, or called under another name.",
    id: alert,
    type: ["110126", "Node Authentication"],
    action: "E",
  },
  CALLER_ACCEPTED: {
    says: "A system that is declared connected.",
    id: networkEntry,
    type: ["110124", "Attach"],
    action: "E",
  },
  MEMBER_CHANGED: {
    says: "Who belongs to the organization, or whose keys are good, was changed.",
    id: alert,
    type: ["110137", "User security Attributes Changed"],
    action: "U",
  },
  ROLES_CHANGED: {
    says: "Roles were granted or withdrawn.",
    id: alert,
    type: ["110136", "Security Roles Changed"],
    action: "U",
  },
  LOG_CHANGED: {
    says: "The log was created, ended, or follows another contract.",
    id: alert,
    type: ["110129", "Security Configuration"],
    action: "U",
  },
  OBJECTS_REGISTERED: { says: "Objects were registered.", id: importing, action: "C" },
  OBJECTS_CHANGED: {
    says: "What is said of a study was changed: a correction, a hold, a retention.",
    id: instancesAccessed,
    action: "U",
  },
  OBJECTS_ACCESSED: { says: "Objects were read, and the reading recorded.", id: instancesAccessed, action: "R" },
  STUDY_DESTROYED: { says: "A study was destroyed, or forgotten.", id: studyDeleted, action: "D" },
  EVENTS_DROPPED: {
    says: "Events went unsent, since a receiver was away so long or the disk took none: the oldest refusals first.",
    id: alert,
    action: "D",
  },
  LOG_AUDITED: { says: "The log was audited.", id: auditLogUsed, action: "R" },
} as const satisfies Readonly<Record<string, SecurityEventRow>>;
export type SecurityEventCode = keyof typeof securityEvents;

/** How it ended. PS3.15 A.5.2.1: 0, 4, 8. */
export const outcomes = { success: 0, refused: 4, failed: 8 } as const;
export type EventOutcome = keyof typeof outcomes;
