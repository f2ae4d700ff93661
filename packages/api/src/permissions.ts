// What somebody may do, and which role may do what: the one table that the node obeys, the page asks and docs/permissions.md shows.
import type { Role } from "@fiducial/contract";

/** What may be allowed. `public` proves things and names nobody; everything else shows sealed values or changes something. */
export const permissions = {
  public: "what proves the log: checkpoints, hash tiles, policy, kinds, health",
  "session.own": "one's own sessions and passkeys",
  "acts.sign": "acts that one signs oneself, with a passkey; the ledger decides on each",
  "ledger.read": "entries, members and receipts, with what is sealed in them",
  "ledger.audit": "audits, and entry tiles, whose bytes hold readers' handles too",
  "studies.read": "studies, their images and their history",
  "studies.find":
    "which study an accession number or a UID belongs to that one has, to the letter: its handle, and so its history; nothing of its headers",
  "accesses.read":
    "who was shown what, by role and by the handle of a member; who may list members as well can tell whose it is, without a reason",
  "accesses.name": "the names of those who were shown something, for a reason, which is recorded",
  "objects.verify": "comparing a file with what is registered",
  "intake.write": "sending objects in",
  "statements.submit":
    "handing in statements that a registered key signed; whether they are recorded, the contract decides",
  "node.operate": "connections, backlog and state of the node",
  "metrics.read": "counts of what the node does, for monitoring",
  "members.administer": "other people's sessions, and machine tokens",
} as const;
export type Permission = keyof typeof permissions;

/** What a role may do besides what anybody who is signed in may, and why not more. */
export interface Grant {
  readonly permissions: readonly Permission[];
  readonly because: string;
}

/** What each role of the contract may do. */
export const grants: Readonly<Record<Role, Grant>> = {
  technologist: {
    permissions: ["acts.sign", "ledger.read", "studies.read", "objects.verify", "intake.write", "statements.submit"],
    because:
      "Makes images and sends them in, and sees what became of them. States with an own key what was transferred, rejected or derived.",
  },
  radiologist: {
    permissions: ["acts.sign", "ledger.read", "studies.read", "objects.verify", "statements.submit"],
    because:
      "Reads studies and asks where an image came from; states with an own key what was rejected or derived. Sending in is the technologist's.",
  },
  referrer: {
    permissions: ["objects.verify"],
    because:
      "May see the studies of the patients that they referred, and no others. Until the node knows who referred whom, that is none; a file that they were given they may compare.",
  },
  physicist: {
    permissions: ["acts.sign", "ledger.read", "studies.read", "objects.verify", "statements.submit"],
    because:
      "Answers for devices: follows their images and what was said about them, and states with an own key what was rejected.",
  },
  "trial-coordinator": {
    permissions: ["ledger.read", "studies.read", "objects.verify"],
    because: "Chooses studies of this organization for trials, and answers for their provenance.",
  },
  reader: {
    permissions: ["objects.verify"],
    because:
      "Reads a trial's cases blinded: lists of studies, with names and times, and the ledger would unblind. Cases come to a reader one by one; a file that they were given they may compare.",
  },
  "data-steward": {
    permissions: [
      "acts.sign",
      "ledger.read",
      "studies.read",
      "studies.find",
      "accesses.read",
      "accesses.name",
      "objects.verify",
      "intake.write",
      "statements.submit",
    ],
    because:
      "Corrects, keeps and forgets records, takes in what was missing, and answers patients who ask who looked. Holds and retention are stated with an own key.",
  },
  "ai-developer": {
    permissions: ["objects.verify"],
    because: "Works on data sets that were released, not on patients' studies; files of those they may compare.",
  },
  educator: {
    permissions: ["objects.verify"],
    because: "Teaches with copies that name nobody; whether a copy is sound they may find out.",
  },
  auditor: {
    permissions: [
      "acts.sign",
      "ledger.read",
      "ledger.audit",
      "studies.find",
      "accesses.read",
      "accesses.name",
      "objects.verify",
      "statements.submit",
    ],
    because:
      "Re-checks all that was recorded, and follows up complaints, and reads that are out of the ordinary: finds a study by a number that a letter has, to see what was recorded of it. For that nobody has to look at a patient's images. Holds what is to be looked into, with an own key.",
  },
  patient: {
    permissions: [],
    because:
      "Their own records come to them by a way of their own, and other people's never. A receipt is checked in the browser without signing in.",
  },
  administrator: {
    permissions: [
      "acts.sign",
      "ledger.read",
      "ledger.audit",
      "studies.read",
      "studies.find",
      "accesses.read",
      "objects.verify",
      "intake.write",
      "statements.submit",
      "node.operate",
      "metrics.read",
      "members.administer",
    ],
    because:
      "Connects what sends images, finds what did not arrive, and lets people and machines in and out; members, roles and keys are stated with an own key.",
  },
};

/** What anybody may do who is signed in, whatever their roles. */
export const grantsOfSignedIn: readonly Permission[] = ["public", "session.own"];

/** What a machine token may be allowed: nothing that is a person's. */
export const scopes = [
  "ledger.read",
  "ledger.audit",
  "studies.read",
  "accesses.read",
  "objects.verify",
  "intake.write",
  "statements.submit",
  "node.operate",
  "metrics.read",
] as const satisfies readonly Permission[];
export type Scope = (typeof scopes)[number];

/** The roles that are allowed something, in the contract's order. */
export function rolesAllowed(permission: Permission): readonly Role[] {
  return (Object.keys(grants) as Role[]).filter((role) => grants[role].permissions.includes(permission));
}
