// Who was shown what: by role for whoever may see it, by name for whoever says why.
import type {
  Access,
  AccessesQuery,
  AccessFilter,
  AccessNames,
  AccessNamesRequest,
  AccessPage,
  StudyAccessesQuery,
} from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import type { ReadFact, ReadFilter } from "@fiducial/projection";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { nameOf } from "./summaries.ts";

const pageSize = 50;

/** One page of reads. */
export async function accesses(node: OpenNode, query: AccessesQuery): Promise<AccessPage> {
  const { before, limit = pageSize, ...asked } = query;
  await informed(node);
  const filter = filterOf(node, asked);
  const { access } = node.projection;
  const found = access.reads({ ...filter, before, limit: limit + 1 });
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    accesses: shown.map((fact) => accessOf(node, fact)),
    ...(found.length > limit && last !== undefined ? { next: last.index } : {}),
    counts: access.counts(filter),
    ...(asked.study === undefined ? {} : { lists: await listReads(node, asked) }),
    coverage: {
      ...nameOf(node, node.identity.organization, "organization"),
      until: formatUtcTime(Date.now()),
      waiting: node.access.waiting().reads,
    },
  };
}

/** One page of a study's reads. Rejects with STUDY_UNKNOWN. */
export async function studyAccesses(node: OpenNode, study: string, query: StudyAccessesQuery): Promise<AccessPage> {
  if (node.projection.imaging.study(study) === undefined) throw new NodeError("STUDY_UNKNOWN");
  return accesses(node, { ...query, study });
}

/** How many reads of lists may have shown a study besides those that name it, in the time and by the reader of the filter. 0 without a study. */
export async function listReads(node: OpenNode, { study, reader, from, to }: AccessFilter): Promise<number> {
  if (study === undefined) return 0;
  await informed(node);
  return node.projection.access.counts(filterOf(node, { lists: study, reader, from, to })).reads;
}

/** Reads newest first, as far as the log goes now; others get their turns meanwhile. With `named`, people stand there by name as well. */
export async function* allAccesses(
  node: OpenNode,
  filter: AccessFilter,
  named: "named" | "by role",
): AsyncGenerator<Access> {
  await informed(node);
  let before = node.projection.appliedSize();
  for (;;) {
    const facts = node.projection.access.reads({ ...filterOf(node, filter), before, limit: exportedAtOnce });
    for (const fact of facts) yield accessOf(node, fact, named);
    const last = facts.at(-1);
    if (last === undefined) return;
    before = last.index;
    await new Promise(setImmediate);
  }
}

const exportedAtOnce = 200;

/** Names of readers, as far as the vault has them. */
export function accessNames(node: OpenNode, { readers }: AccessNamesRequest): AccessNames {
  const named = [...new Set(readers)].map((reader) => ({ reader, ...nameOf(node, reader, "name") }));
  return { names: named.filter((one): one is { reader: string; name: string } => one.name !== undefined) };
}

function informed({ projector, store }: OpenNode): Promise<void> {
  return projector.caughtUp(store.head().edge.size);
}

function filterOf({ projection }: OpenNode, { study, lists, reader, from, to, notable }: AccessFilter): ReadFilter {
  const msOf = (text: string | undefined) => (text === undefined ? undefined : Date.parse(text));
  // No list has shown a study that is not here.
  const listsAfter =
    lists === undefined ? undefined : (projection.imaging.study(lists)?.index ?? Number.MAX_SAFE_INTEGER);
  return { study, reader, listsAfter, fromMs: msOf(from), toMs: msOf(to), notable: notable === "true" };
}

function accessOf(node: OpenNode, fact: ReadFact, named: "named" | "by role" = "by role"): Access {
  const { atMs, recordedAtMs, study, reader, studies, series, instances, roles, findings, ...codes } = fact;
  const { imaging, identity } = node.projection;
  const modalities = study === null ? undefined : imaging.study(study)?.modalities;
  // Whether a program or a device is behind a machine's reads is nobody's private matter.
  const isKept = named === "by role" && (reader === null || (identity.actor(reader)?.type ?? "person") === "person");
  return {
    ...(codes as Pick<Access, "index" | "what" | "action" | "readerType" | "purpose" | "purposeBasis" | "outcome">),
    at: formatUtcTime(atMs),
    recordedAt: formatUtcTime(recordedAtMs),
    roles: [...roles],
    findings: [...findings],
    ...(study === null ? {} : { study }),
    ...(modalities === undefined ? {} : { modalities: [...modalities] }),
    ...(reader === null ? {} : { reader, ...(isKept ? {} : nameOf(node, reader, "readerName")) }),
    ...(studies === null ? {} : { studies }),
    ...(series === null ? {} : { series }),
    ...(instances === null ? {} : { instances }),
  };
}
