// Identity but for keys: logs, organizations, contracts, actors, roles, disputes. docs/formats/contract.md § Identity.

import { declaredKeyFault } from "@fiducial/core";
import { askActiveActor, askOwnActor } from "./actor-words.ts";
import { keyIdOf } from "./canonical-text.ts";
import { approving, type Case, put, type Rule, row, rule, stating } from "./case.ts";
import { keyRow } from "./key-rules.ts";
import type { ContractName, Rows } from "./rows.ts";
import type { Founder } from "./signer-rules.ts";

/** By kind, what it asks and writes. */
export const identityRules: Readonly<Record<string, Rule>> = {
  "identity.log.created": rule(
    (about: Case, { contract, organizations }: { contract: ContractName; organizations: readonly Founder[] }) => {
      const founders = organizations.map(({ organization }) => organization).sort();
      const sign = about.signers.map(({ actor }) => actor).sort();
      const once = new Set(founders).size === founders.length;
      about.ask(once && founders.join() === sign.join(), "FOUNDERS_DO_NOT_SIGN");
      foundOrganizations(about, organizations);
      const { log: origin } = about.content;
      const log = { contract, next: null, organizations: founders.length, origin, sealed: false };
      put(about, "identity/log", "", log);
    },
  ),

  "identity.organization.registered": rule((about: Case, founder: Founder) => {
    const { organization } = founder;
    about.ask(row(about, "identity/organization", organization) === undefined, "ORGANIZATION_EXISTS");
    about.ask(row(about, "identity/actor", organization) === undefined, "ACTOR_EXISTS");
    about.ask(
      approving(about).some(({ introduced }) => introduced),
      "POSSESSION_NOT_PROVED",
    );
    const log = askMajority(about);
    foundOrganizations(about, [founder]);
    put(about, "identity/log", "", { ...log, organizations: log.organizations + 1 });
  }),

  "identity.contract.activated": rule(
    (about: Case, { atIndex, digest, version }: ContractName & { atIndex: number }) => {
      const log = askMajority(about);
      const index = about.replica.statements.size;
      about.ask(version > log.contract.version && version > (log.next?.version ?? 0), "CONTRACT_NOT_NEWER");
      about.ask(atIndex > index, "ACTIVATION_IN_PAST");
      const active = log.next !== null && log.next.atIndex <= index ? log.next : log.contract;
      const contract = { digest: active.digest, version: active.version };
      put(about, "identity/log", "", { ...log, contract, next: { atIndex, digest, version } });
    },
  ),

  "identity.log.sealed": rule((about: Case, { reason, successor }: { reason: string; successor?: string }) => {
    const log = askMajority(about);
    const named = successor !== undefined && successor !== log.origin;
    about.ask(reason === "ended" ? successor === undefined : named, "SUCCESSOR_MISMATCH");
    put(about, "identity/log", "", { ...log, sealed: true });
  }),

  "identity.actor.registered": rule((about: Case, { actor, type }: { actor: string; type: string }) => {
    const taken = row(about, "identity/actor", actor) ?? row(about, "identity/organization", actor);
    about.ask(taken === undefined, "ACTOR_EXISTS");
    const { organization } = stating(about);
    put(about, "identity/actor", actor, { bound: false, keys: [], organization, retired: false, roles: [], type });
  }),

  "identity.actor.retired": rule((about: Case, { actor }: { actor: string }) => {
    const held = askActiveActor(about, actor);
    if (held.roles.includes("administrator")) askOrganizationOr(about, actor);
    put(about, "identity/actor", actor, { ...held, retired: true });
  }),

  "identity.role.granted": rule((about: Case, { actor, role }: { actor: string; role: string }) => {
    const held = askActiveActor(about, actor);
    about.ask(held.type === "person", "ACTOR_NOT_A_PERSON");
    about.ask(stating(about).actor !== actor, "SELF_GRANT");
    about.ask(role !== "administrator" || stating(about).type === "organization", "ROLE_RESERVED");
    about.ask(!held.roles.includes(role), "ROLE_HELD");
    put(about, "identity/actor", actor, { ...held, roles: [...held.roles, role].sort() });
  }),

  "identity.role.withdrawn": rule((about: Case, { actor, role }: { actor: string; role: string }) => {
    const held = askOwnActor(about, actor);
    if (role === "administrator") askOrganizationOr(about, actor);
    about.ask(held.roles.includes(role), "ROLE_NOT_HELD");
    put(about, "identity/actor", actor, { ...held, roles: held.roles.filter((other) => other !== role) });
  }),

  "identity.statement.disputed": rule((about: Case, { statement }: { statement: string }) => {
    about.ask(about.replica.statements.has(statement), "STATEMENT_UNKNOWN");
  }),
};

/** "Majority": more than half of the organizations sign with root keys that they had before. Returns the log's row. */
function askMajority(about: Case): Rows["identity/log"] {
  const log = row(about, "identity/log", "") as Rows["identity/log"];
  const signing = about.signers.filter(({ type, introduced }) => type === "organization" && !introduced);
  about.ask(new Set(signing.map(({ actor }) => actor)).size > log.organizations / 2, "APPROVALS_TOO_FEW");
  return log;
}

function askOrganizationOr(about: Case, administrator: string): void {
  const { type, actor } = stating(about);
  about.ask(type === "organization" || actor === administrator, "ROLE_RESERVED");
}

/** Asks key by key, and writes each founder's row and its root keys' rows. */
function foundOrganizations(about: Case, founders: readonly Founder[]): void {
  for (const { organization, rootKeys } of founders) {
    for (const key of rootKeys) {
      const id = keyIdOf(key);
      const taken = row(about, "identity/key", id) !== undefined || about.writes.has(`identity/key/${id}`);
      about.ask(!taken, "KEY_EXISTS");
      about.ask(declaredKeyFault(key) === undefined, "KEY_NOT_REGISTRABLE");
      put(about, "identity/key", id, keyRow(key, organization, true, about.recordedAt));
    }
    put(about, "identity/organization", organization, { rootKeys: rootKeys.map(keyIdOf) });
  }
}
