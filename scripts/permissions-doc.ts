// Writes docs/permissions.md from the tables of permissions, roles and routes. With --check it only compares.
import { join } from "node:path";
import { accessElsewhere, accessOf } from "../apps/node/src/authorization/access.ts";
import {
  grants,
  grantsOfSignedIn,
  type Permission,
  permissions,
  type RouteName,
  routes,
  scopes,
} from "../packages/api/src/index.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const path = join(import.meta.dirname, "..", "docs", "permissions.md");
writeOrCheck(path, permissionsPage(), "node scripts/permissions-doc.ts");

function permissionsPage(): string {
  const all = Object.keys(permissions) as Permission[];
  const named = all.filter((one) => one !== "public" && one !== "session.own");
  return `# Who may do what

<!-- Made by scripts/permissions-doc.ts; do not edit. -->

Every request passes one function, \`authorize()\`, which knows this table and nothing else. A route that names no permission keeps the node from starting. Who is not signed in is answered
401 \`NOT_SIGNED_IN\`; who is, and may not, 403 \`NOT_ALLOWED\`, with the permission that is missing.

## Permissions

| permission | what it lets somebody see or do | addresses of \`/api/v1\` |
|---|---|---|
${all.map((one) => `| \`${one}\` | ${permissions[one]} | ${addressesOf(one)} |`).join("\n")}

Outside of \`/api/v1\` are the page, the public log and the witness, the way in, metrics, [FHIR](fhir.md) and [DICOMweb](dicomweb.md). Some are there only where they are configured. A test takes every address from a server that runs, asks each as every role, and fails at one that is not in these tables.

| permission | other addresses |
|---|---|
${all.flatMap((one) => (elsewhere(one) === "" ? [] : [`| \`${one}\` | ${elsewhere(one)} |`])).join("\n")}

Some addresses ask for more when it comes to more: entry tiles below \`/logs\` for \`ledger.audit\`, and a recorded read, as an entry or as Provenance, for \`accesses.read\`. \`POST /search\` finds studies for \`studies.read\` only, for \`studies.find\` alone that a study is here (its handle, which leads to \`GET /entries?study=\` and \`GET /accesses?study=\`), by an accession number, a Study or SOP Instance UID to the letter, and records that it was looked for; it finds the entries of an object, by its UID or a file's digest, for \`objects.verify\` only.

## Roles

The roles are the contract's ([kinds](kinds.md)). Several roles add up. Anybody who is signed in has ${list(grantsOfSignedIn)}.

| role | ${named.map((one) => `\`${one}\``).join(" | ")} |
|---|${named.map(() => "---|").join("")}
${Object.entries(grants)
  .map(
    ([role, { permissions: held }]) =>
      `| ${role} | ${named.map((one) => (held.includes(one) ? "●" : "")).join(" | ")} |`,
  )
  .join("\n")}

Why:

${Object.entries(grants)
  .map(([role, { because }]) => `- *${role}*: ${because}`)
  .join("\n")}

## Others

- *Machines* have the scopes that their token was given, each one of ${list(scopes)}.
- *The operator*, whoever holds the key of the machine's own \`fiducial\` command, may do everything but what only a person has: sessions of one's own.
`;
}

function addressesOf(permission: Permission): string {
  const names = (Object.keys(routes) as RouteName[]).filter((name) => accessOf[name] === permission);
  const lines = names.map((name) => `\`${routes[name].method} ${routes[name].path.replace("/api/v1", "")}\``);
  return lines.join(", ") || "none";
}

function elsewhere(permission: Permission): string {
  return Object.entries(accessElsewhere)
    .flatMap(([address, asked]) => (asked === permission ? [`\`${address.replaceAll(/:(\w+)/g, "{$1}")}\``] : []))
    .join(", ");
}

function list(names: readonly Permission[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
