// What waits for somebody: findings that nobody answered, acts that are half done, what fails; of each as much as whoever asks may know.
import type { Attention, Concern } from "@fiducial/api";
import { formatUtcTime } from "@fiducial/core";
import { authorize } from "../authorization/authorize.ts";
import type { Caller } from "../authorization/caller.ts";
import type { OpenNode } from "../compose.ts";
import { studiesSharingUid } from "../logs/shared-study-uid.ts";
import { comparedCopy } from "./compared-copies.ts";
import { differingStudies } from "./connections.ts";
import { entryAt, nameOf, summaryOf } from "./summaries.ts";

const msPerDay = 86_400_000;
/** For how long a finding counts as new. */
const alteredMs = 14 * msPerDay;
const emergencyMs = 3 * msPerDay;
/** Who is not configured and brought something before is a concern for so long after it failed; a stranger, who never did, is none. */
const callerMs = 3_600_000;
/** Of so many new studies it is looked whether their UID is another's. */
const mostLookedAt = 200;
/** As many of each as somebody reads. */
const most = 20;

/** Tells what waits, the newest first; what has no time comes before all. */
export async function attention(node: OpenNode, caller: Caller, nowMs: number = Date.now()): Promise<Attention> {
  const groups = [
    await altered(node, nowMs),
    sharedUids(node, nowMs),
    unfinished(node, "correction"),
    unfinished(node, "destruction"),
    waitingIntake(node),
    ...(authorize("node.operate", caller) ? [failing(node, nowMs)] : []),
    ...(authorize("node.operate", caller) || authorize("studies.read", caller) ? [differing(node)] : []),
    ...(authorize("accesses.read", caller) ? [emergencies(node, nowMs)] : []),
  ];
  return {
    concerns: groups
      .flatMap((group) => group.slice(0, most))
      .sort(newestFirst)
      .map((concern) => ({ ...concern, ...registrationOf(node, concern.study) })),
    more: groups.some((group) => group.length > most),
  };
}

async function altered(node: OpenNode, nowMs: number): Promise<Concern[]> {
  const concerns: Concern[] = [];
  const found = node.projection.imaging.alteredCopies({ fromMs: nowMs - alteredMs, limit: most + 1 });
  for (const { study, index, recordedAtMs } of found) {
    const entry = entryAt(node, index);
    const [by] = summaryOf(node, index, entry).signers;
    const compared = await comparedCopy(node, entry);
    concerns.push({
      ...{ code: "COPY_ALTERED", study, index, at: formatUtcTime(recordedAtMs) },
      ...(by === undefined ? {} : { by }),
      ...(compared === undefined ? {} : { compared }),
    });
  }
  return concerns;
}

/** What was found at a size of the log: many ask, and looking opens each study's values. */
const foundShared = new WeakMap<OpenNode["vault"], { readonly size: number; readonly concerns: readonly Concern[] }>();

function sharedUids(node: OpenNode, nowMs: number): Concern[] {
  const { vault, projection } = node;
  const fromMs = nowMs - alteredMs;
  const size = projection.appliedSize();
  const known = foundShared.get(vault);
  const isNew = ({ at = "" }: Concern) => at >= formatUtcTime(fromMs);
  if (known?.size === size) return known.concerns.filter(isNew);
  const newest = projection.imaging.studies({ fromMs, limit: mostLookedAt });
  const shared = newest.filter(({ study }) => studiesSharingUid(vault, study).length > 0);
  const concerns = shared.slice(0, most + 1).map(({ study, index, recordedAtMs }) => ({
    ...{ code: "STUDY_UID_SHARED" as const, study, index, at: formatUtcTime(recordedAtMs) },
  }));
  foundShared.set(vault, { size, concerns });
  return concerns;
}

const begun = {
  correction: { code: "CORRECTION_OPEN", kind: "imaging.subject.corrected" },
  destruction: { code: "DESTRUCTION_OPEN", kind: "imaging.destruction.approved" },
} as const;

// The study says that something is unfinished, its history since when.
function unfinished(node: OpenNode, of: keyof typeof begun): Concern[] {
  const { code, kind } = begun[of];
  const { imaging } = node.projection;
  return imaging.unfinished(of, most + 1).map(({ study }) => {
    const index = imaging.history(study).findLast((at) => entryAt(node, at).statement.content.kind === kind);
    return {
      ...{ code, study },
      ...(index === undefined ? {} : { index, at: entryAt(node, index).recordedAt }),
    };
  });
}

function waitingIntake({ inbox }: OpenNode): Concern[] {
  const { problem, sinceMs } = inbox.standing();
  if (problem === undefined) return [];
  const at = sinceMs === undefined ? {} : { at: formatUtcTime(sinceMs) };
  return [{ code: "INTAKE_WAITING", cause: problem, ...at }];
}

function failing({ connections }: OpenNode, nowMs: number): Concern[] {
  const failed = connections.list().filter(({ state, configured, received, lastError }) => {
    const isLate = received > 0 && (lastError?.atMs ?? 0) >= nowMs - callerMs;
    return state === "failed" && (configured === true || isLate);
  });
  return failed.map(({ id, name, lastError }) => ({
    ...{ code: "CONNECTION_FAILED", connection: { id, name } },
    ...(lastError === undefined ? {} : { cause: lastError.code, at: formatUtcTime(lastError.atMs) }),
  }));
}

// Studies are named by handles, as everything here: names and headers are for who may read them.
function differing({ connections }: OpenNode): Concern[] {
  return connections.list().flatMap(({ id, name, differing: copies = [] }) =>
    differingStudies(copies).map(({ study, objects }) => ({
      ...{ code: "PACS_DIFFERS", study, objects, connection: { id, name } },
    })),
  );
}

function emergencies({ projection }: OpenNode, nowMs: number): Concern[] {
  const filter = { finding: "BREAK_GLASS", fromMs: nowMs - emergencyMs, limit: most + 1 };
  return projection.access.reads(filter).map(({ index, study, atMs }) => ({
    ...{ code: "EMERGENCY_ACCESS", index, at: formatUtcTime(atMs) },
    ...(study === null ? {} : { study }),
  }));
}

// What the ledger shows whoever holds it: of this nobody's read is recorded, so nothing that is sealed is told.
function registrationOf(node: OpenNode, study: string | undefined): Pick<Concern, "registration"> {
  const fact = study === undefined ? undefined : node.projection.imaging.study(study);
  if (fact === undefined) return {};
  const { index, recordedAtMs, modalities, instances, device } = fact;
  return {
    registration: {
      ...{ index, registeredAt: formatUtcTime(recordedAtMs), modalities: [...modalities], instances },
      ...(device === null ? {} : nameOf(node, device, "deviceName")),
    },
  };
}

function newestFirst({ at: one = "~" }: Concern, { at: other = "~" }: Concern): number {
  return one < other ? 1 : one > other ? -1 : 0;
}
