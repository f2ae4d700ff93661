// What each route of the API table asks for.
import type { Permission, RouteName } from "@fiducial/api";

/** The permission that each route of the API table asks for. */
export const accessOf: Readonly<Record<RouteName, Permission>> = {
  health: "public",
  policy: "public",
  kinds: "public",
  openApi: "public",
  actors: "ledger.read",
  actor: "ledger.read",
  entries: "ledger.read",
  activity: "ledger.read",
  find: "studies.read",
  entry: "ledger.read",
  receipt: "ledger.read",
  studies: "studies.read",
  searchStudies: "studies.read",
  study: "studies.read",
  object: "studies.read",
  lookup: "objects.verify",
  events: "ledger.read",
  statement: "ledger.read",
  receiptShowing: "ledger.read",
  openIntake: "intake.write",
  takeObject: "intake.write",
  registerIntake: "intake.write",
  verification: "objects.verify",
  audit: "ledger.audit",
  connections: "node.operate",
  testConnection: "node.operate",
};
