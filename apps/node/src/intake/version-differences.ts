// An object that comes under a UID which is registered is a version of that object, whatever it shows. Where it is not what was registered, the gateway
// says so of the study that had it first: whoever answers for it has to know. DESIGN § 8.
import { studyVerified } from "@fiducial/contract";
import { type Comparison, compare, headerOf, type Verdict } from "@fiducial/dicom";
import type { Site } from "../operations/site.ts";
import { type FoundVersion, keptHeader, registeredVersions } from "../verification/verify-files.ts";

/** What the comparison works with. */
export type ComparingSite = Pick<Site, "vault" | "author" | "logs" | "household">;

/** Objects and attributes that a statement names at most; the count tells of all. */
const mostNamed = 100;
/** Of an object that came a hundred times, nobody learns more from the older ones. */
const mostVersions = 8;

/** What differs of the objects of one study. */
interface Differing {
  result: Verdict;
  readonly instances: Set<string>;
  readonly attributes: Set<string>;
}

/** Compares the objects that a statement registered with earlier versions of them, and states what is not harmless. Resolves, when it is on the ledger, with how many are harmless: the same but for their encoding, or what an archive may change. */
export async function stateDifferences(
  site: ComparingSite,
  statement: string,
  sopInstanceUids: Iterable<string>,
): Promise<number> {
  let harmless = 0;
  const differing = new Map<string, Differing>();
  for (const uid of sopInstanceUids) {
    // Hardly ever is there another one, and finding that out costs one look.
    if (uid === "" || site.vault.versionsOf({ sopInstanceUid: uid }).length < 2) continue;
    if (await compareVersions(site, statement, uid, differing)) harmless++;
  }
  for (const [study, differs] of differing) await state(site, study, differs);
  return harmless;
}

// Whether it came as a version that differs in nothing that counts.
async function compareVersions(
  { vault, logs }: ComparingSite,
  statement: string,
  uid: string,
  differing: Map<string, Differing>,
): Promise<boolean> {
  let isHarmless = false;
  const earlier: FoundVersion[] = [];
  for await (const version of registeredVersions(vault, logs, uid)) {
    const [first] = earlier;
    // Two may come in one statement, when one object is sent in two versions while its study comes in.
    if (first?.place.study !== undefined && version.place.statement === statement) {
      const comparison = comparisonOf({ vault }, earlier.slice(-mostVersions), version);
      isHarmless = comparison?.harmless === true;
      if (comparison !== undefined && !comparison.harmless) add(differing, first.place.study, uid, comparison);
    }
    earlier.push(version);
  }
  return isHarmless;
}

function comparisonOf(
  { vault }: Pick<ComparingSite, "vault">,
  earlier: readonly FoundVersion[],
  { place, record, header }: FoundVersion,
): Comparison | undefined {
  const kept = keptHeader(vault, place.statement, header);
  if (kept === undefined) return undefined;
  const { canonicalHeader } = kept;
  const registered = earlier.map(({ place: { statement }, record: fingerprint, header: at }) => {
    const known = keptHeader(vault, statement, at);
    return { fingerprint, ...(known && { attributes: { canonicalHeader: known.canonicalHeader } }) };
  });
  const candidate = { fingerprint: { ...record, notes: [] }, canonicalHeader, header: headerOf(canonicalHeader, "") };
  return compare(registered, candidate);
}

function add(
  differing: Map<string, Differing>,
  study: string,
  uid: string,
  { verdict, contested, changes = [] }: Comparison,
): void {
  const result = contested ? "altered" : verdict;
  const one = differing.get(study) ?? { result, instances: new Set(), attributes: new Set() };
  if (severity.indexOf(result) > severity.indexOf(one.result)) one.result = result;
  one.instances.add(uid);
  for (const { path } of changes) if (/^[0-9a-f]{4},[0-9a-f]{4}$/i.test(path)) one.attributes.add(tagOf(path));
  differing.set(study, one);
}

const severity: readonly Verdict[] = ["identical", "same-pixels", "header-changed", "undecided", "unknown", "altered"];

function tagOf(path: string): string {
  return path.replace(",", "").toUpperCase();
}

async function state(
  { vault, author, household }: ComparingSite,
  study: string,
  { result, instances, attributes }: Differing,
): Promise<void> {
  const subject = vault.subjectOfStudy(study);
  if (subject === undefined) return;
  const sealed = {
    instances: [...instances].slice(0, mostNamed),
    ...(attributes.size === 0 ? {} : { changedAttributes: [...attributes].sort().slice(0, mostNamed) }),
  };
  const open = { study, result, instances: instances.size };
  const prepared = await author.prepare(studyVerified, { basis: "seen", open, sealed }, [household.gateway]);
  await author.send(prepared, () => ({ subject, study }));
}
