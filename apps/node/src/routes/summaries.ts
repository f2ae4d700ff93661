// Entries as the API shows them: decoded, with names out of the vault for whoever may see them.
import type { EntrySummary } from "@fiducial/api";
import { newestContract } from "@fiducial/contract";
import { type Entry, parseEntry } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";

/** Reads an entry. Throws ENTRY_UNKNOWN. */
export function entryAt({ store }: Pick<OpenNode, "store">, index: number): Entry {
  const bytes = store.entry(index);
  const entry = bytes && parseEntry(bytes);
  if (entry === undefined) throw new NodeError("ENTRY_UNKNOWN", { index });
  return entry;
}

/** An entry as a line of a list needs it. Staff appear by role; organizations, software and devices by name. */
export function summaryOf(node: OpenNode, index: number, entry: Entry = entryAt(node, index)): EntrySummary {
  const { id, content } = entry.statement;
  const { kind, version, basis, occurredAt, signedAt, open, signers } = content;
  const study = open["study"];
  return {
    index,
    id,
    kind,
    version,
    nature: newestContract.kind(kind, version)?.nature ?? "observation",
    ...(basis === undefined ? {} : { basis }),
    recordedAt: entry.recordedAt,
    occurredAt,
    signedAt,
    findings: [...entry.findings],
    signers: signers.map(({ actor, capacity, organization }, at) => ({
      ...actorFacts(node, actor, index),
      capacity,
      ...(entry.statement.signatures[at]?.webauthn === undefined ? {} : { passkey: true }),
      organization,
      ...nameOf(node, organization, "organizationName"),
    })),
    open,
    ...(typeof study === "string" ? { study } : {}),
  } as EntrySummary;
}

function actorFacts(
  node: OpenNode,
  actor: string,
  index: number,
): Pick<EntrySummary["signers"][number], "actor" | "type" | "roles" | "name"> {
  const { identity } = node.projection;
  const type = identity.actor(actor)?.type ?? "organization";
  const roles = identity
    .roles(actor)
    .filter((role) => role.index < index && (role.withdrawnBy === null || role.withdrawnBy > index));
  return {
    actor,
    type,
    roles: roles.map(({ role }) => role),
    ...(type === "person" ? {} : nameOf(node, actor, "name")),
  };
}

/** The name of an actor as the vault keeps it, under the member `as`. */
export function nameOf<Name extends string>(node: OpenNode, actor: string, as: Name): Partial<Record<Name, string>> {
  const kept =
    actor === node.identity.organization ? node.identity.organizationName : node.vault.actorName(actor)?.["name"];
  return (typeof kept === "string" ? { [as]: kept } : {}) as Partial<Record<Name, string>>;
}
