// Entries of the log as Provenance: every one, with its signatures.
import { pathOf, receiptMediaType, routes } from "@fiducial/api";
import { newestContract } from "@fiducial/contract";
import { type Content, type Entry, isHex, utcTimeMs } from "@fiducial/core";
import { type ActorKind, type EntryFact, provenanceOf, resourceOfActor } from "@fiducial/fhir";
import { studiesOf } from "@fiducial/projection";
import type { OpenNode } from "../../compose.ts";
import { permissionLacking } from "../reader-privacy.ts";
import { entryAt, summaryOf } from "../summaries.ts";
import type { FhirSite, Parameter, PlaceRange, ServedRoom } from "./served.ts";
import { isHandle } from "./subjects.ts";
import { dateParameter, idParameter, instantSpan, referenceIn } from "./values.ts";

const actorResources = [...new Set(Object.values(resourceOfActor))];

const recorded: Parameter<number> = dateParameter("When the entry was recorded.", ({ node }, index) =>
  instantSpan(utcTimeMs(entryAt(node, index).recordedAt) as number),
);

/** Entries, by their numbers. */
export const provenances: ServedRoom<number> = {
  type: "Provenance",
  says: "Every entry of the log: who said what, when, of what, with the signed statement. Newest first.",
  permission: "ledger.read",
  parameters: {
    _id: idParameter(indexOf),
    _lastUpdated: recorded,
    recorded,
    agent: {
      type: "reference",
      says: "Who signed.",
      test: (site, value) => {
        const reference = referenceIn(site, value, actorResources);
        return (
          reference &&
          ((index) => contentAt(site.node, index).signers.some(({ actor }) => isActor(site.node, actor, reference)))
        );
      },
    },
    target: {
      type: "reference",
      says: "What the entry is about: a study, an actor, or another entry.",
      find: (site, value) => {
        const reference = referenceIn(site, value, ["ImagingStudy", "Provenance", ...actorResources]);
        if (reference === undefined) return undefined;
        if (reference.type !== "ImagingStudy") return "all";
        return isHandle(reference.id) ? site.node.projection.imaging.history(reference.id) : [];
      },
      test: (site, value) => {
        const reference = referenceIn(site, value, ["ImagingStudy", "Provenance", ...actorResources]);
        return reference && ((index) => isTarget(site.node, index, reference));
      },
    },
  },
  sorts: { _lastUpdated: "place" },
  place: (index) => index,
  list: (_, range) => numbersIn(range),
  one: indexOf,
  // The signed statement of a read names the reader.
  keptBy: ({ node, caller }, index) => permissionLacking(node, index, caller),
  resource: (site, index) => provenanceOf(entryFact(site, index, entryAt(site.node, index))),
};

interface Reference {
  readonly type: string | undefined;
  readonly id: string;
}

function* numbersIn({ after, before, ascending }: PlaceRange): Iterable<number> {
  if (ascending) for (let index = after + 1; index < before; index++) yield index;
  else for (let index = before - 1; index > after; index--) yield index;
}

function indexOf({ node }: FhirSite, id: string): number | undefined {
  return isHex(id, 32) ? node.store.indexOf(id) : undefined;
}

function contentAt(node: OpenNode, index: number): Content {
  return entryAt(node, index).statement.content;
}

function entryFact({ node, address }: FhirSite, index: number, entry: Entry): EntryFact {
  const { kind, recordedAt, occurredAt, signedAt, findings, signers } = summaryOf(node, index, entry);
  const { bytes, content, id } = entry.statement;
  return {
    ...{ id, index, kind, recordedAt, occurredAt, signedAt, findings, signers },
    log: content.log,
    says: newestContract.kind(kind, content.version)?.says,
    ...namedIn(node, content),
    supersedes: content.supersedes?.statement,
    envelope: bytes,
    receiptUrl: `${address}${pathOf(routes.receipt, { index })}`,
    receiptMediaType,
  };
}

/** What an entry speaks of, besides studies: the actor that it names, or whose key it names; a statement that it disputes. */
function namedIn(node: OpenNode, { open }: Content): Pick<EntryFact, "studies" | "actors" | "statements"> {
  const { identity } = node.projection;
  const { actor, key, organization, organizations, statement } = open;
  const founders = Array.isArray(organizations)
    ? organizations.map((one) => (one as Content["open"])["organization"])
    : [];
  const holder = typeof key === "string" ? identity.key(key)?.actor : undefined;
  const named = [actor, organization, ...founders, holder].filter((id) => typeof id === "string");
  return {
    studies: [...new Set(studiesOf(open))],
    actors: [...new Set(named)].map((id) => ({ actor: id, type: typeOf(node, id) })),
    statements: typeof statement === "string" ? [statement] : [],
  };
}

function typeOf(node: OpenNode, actor: string): ActorKind {
  return node.projection.identity.actor(actor)?.type ?? "organization";
}

function isActor(node: OpenNode, actor: string, { type, id }: Reference): boolean {
  return actor === id && (type === undefined || resourceOfActor[typeOf(node, actor)] === type);
}

function isTarget(node: OpenNode, index: number, reference: Reference): boolean {
  const { studies, actors, statements } = namedIn(node, contentAt(node, index));
  const { type = "", id } = reference;
  if (["", "ImagingStudy"].includes(type) && studies.includes(id)) return true;
  if (["", "Provenance"].includes(type) && statements.includes(id)) return true;
  return actors.some(({ actor }) => isActor(node, actor, reference));
}
