// What each route asks for: those of the API table, and all others.
import type { Permission, RouteName } from "@fiducial/api";

/** The permission that each route of the API table asks for. */
export const accessOf: Readonly<Record<RouteName, Permission>> = {
  health: "public",
  policy: "public",
  kinds: "public",
  log: "public",
  openApi: "public",
  actors: "ledger.read",
  actor: "ledger.read",
  entries: "ledger.read",
  activity: "ledger.read",
  attention: "ledger.read",
  find: "ledger.read",
  entry: "ledger.read",
  receipt: "ledger.read",
  studies: "studies.read",
  searchStudies: "studies.read",
  study: "studies.read",
  object: "studies.read",
  studyAccesses: "accesses.read",
  accesses: "accesses.read",
  accessesCsv: "accesses.read",
  accessesJson: "accesses.read",
  accessNames: "accesses.name",
  namedAccessesCsv: "accesses.name",
  namedAccessesJson: "accesses.name",
  lookup: "objects.verify",
  events: "ledger.read",
  statement: "ledger.read",
  submit: "statements.submit",
  receiptShowing: "ledger.read",
  openIntake: "intake.write",
  takeObject: "intake.write",
  registerIntake: "intake.write",
  verification: "objects.verify",
  audit: "ledger.audit",
  connections: "node.operate",
  testConnection: "node.operate",
  seenConnection: "node.operate",
  removeConnection: "node.operate",
  session: "public",
  // Whoever has no session has none that could end.
  signOut: "public",
  sessions: "session.own",
  endSession: "session.own",
  signedInPeople: "members.administer",
  endSessionsOf: "members.administer",
  token: "public",
  tokenClients: "members.administer",
  addTokenClient: "members.administer",
  revokeTokenClient: "members.administer",
  passkeys: "session.own",
  createPasskey: "session.own",
  addPasskey: "session.own",
  removePasskey: "session.own",
  // The way in.
  askPasskey: "public",
  signInWithPasskey: "public",
  draft: "acts.sign",
  // A draft is its session's: a passkey's registration is signed here too.
  signDraft: "session.own",
};

const fhirTypes: Readonly<Record<string, Permission>> = {
  ImagingStudy: "studies.read",
  Patient: "studies.read",
  Endpoint: "studies.read",
  Provenance: "ledger.read",
  AuditEvent: "accesses.read",
  Organization: "ledger.read",
  Practitioner: "ledger.read",
  PractitionerRole: "ledger.read",
  Device: "ledger.read",
  StructureDefinition: "public",
};
const [study, series, instance] = [
  "/dicomweb/studies/:study",
  "/dicomweb/studies/:study/series/:series",
  "/dicomweb/studies/:study/series/:series/instances/:instance",
];

/** The same of every other address that a server may have, each as the server declares it. */
export const accessElsewhere: Readonly<Record<string, Permission>> = {
  "GET /*": "public",
  "GET /api": "public",
  "GET /logs/*": "public",
  "GET /metrics": "metrics.read",
  "POST /witness/add-checkpoint": "public",
  "GET /witness/:origin/checkpoint": "public",
  ...all("public", "GET /sign-in", "GET /sign-in/callback", "GET /sign-in/ended"),
  ...all("public", "GET /idp/choice/:uid", "POST /idp/choice/:uid", "GET /idp/*", "POST /idp/*"),
  ...all("public", "GET /fhir/metadata", "ANY /fhir", "ANY /fhir/*"),
  ...Object.assign(
    {},
    ...Object.entries(fhirTypes).map(([type, permission]) =>
      all(permission, `GET /fhir/${type}`, `POST /fhir/${type}/_search`, `GET /fhir/${type}/:id`),
    ),
  ),
  ...all("intake.write", "POST /dicomweb/studies", `POST ${study}`),
  ...all("studies.read", "GET /dicomweb/studies", "GET /dicomweb/series", "GET /dicomweb/instances"),
  ...all("studies.read", `GET ${study}/series`, `GET ${study}/instances`, `GET ${series}/instances`),
  ...all("studies.read", ...[study, series, instance].flatMap((at) => [`GET ${at}`, `GET ${at}/metadata`])),
  ...all("studies.read", ...[study, series, instance].map((at) => `GET ${at}/thumbnail`)),
  ...all("studies.read", `GET ${instance}/rendered`, `GET ${instance}/bulkdata/*`),
  ...all("studies.read", ...["", "/rendered", "/thumbnail"].map((what) => `GET ${instance}/frames/:frames${what}`)),
};

function all(permission: Permission, ...addresses: readonly string[]): Record<string, Permission> {
  return Object.fromEntries(addresses.map((address) => [address, permission]));
}
