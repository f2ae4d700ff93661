// Studies of ended logs, registered again on the log that grows: with every object known of them, and what keeps them. docs/decisions, "A recovered node begins a new log".
import { directory, holdPlaced, retentionSet, studyOf, studyRegistered } from "@fiducial/contract";
import { type Json, type ManifestItem, manifestOf } from "@fiducial/core";
import type { HeaderCollection } from "@fiducial/vault";
import { type NewActor, registerActor } from "../founding/members.ts";
import { modalitiesOf, type ObjectRecord, type sealedFieldsOf } from "../intake/study-records.ts";
import { historyOf } from "../logs/history.ts";
import type { KeptLog } from "../logs/logs.ts";
import { newSeed, type Signatory } from "../statements/author.ts";
import { acceptedOrThrown, keptWithStudy, state } from "./acts.ts";
import type { HoldReason } from "./hold-reason.ts";
import { patientOf } from "./patient-of-study.ts";
import type { Site } from "./site.ts";

type Carrying = Pick<Site, "author" | "household" | "logs" | "vault">;

/** Registers a study on the current log when only ended logs know it. Resolves with whether it did. */
export async function carryOver(site: Carrying, study: string): Promise<boolean> {
  const { logs, vault } = site;
  if (studyOf(logs.current.store.state, study) !== undefined) return false;
  const isKnown = logs.ended.some(({ store }) => studyOf(store.state, study) !== undefined);
  const subject = isKnown ? vault.subjectOfStudy(study) : undefined;
  if (subject === undefined) return false;
  for (const log of logs.ended) await log.caughtUp();
  await registerAgain(site, study, subject);
  return true;
}

/** Registers again, under their own ids, the devices, software and AI products that ended logs know. Persons come back with their keys. */
export async function carryActors({ author, household, logs, vault }: Carrying): Promise<void> {
  for (const log of logs.ended.toReversed()) {
    await log.caughtUp();
    for (const { id: actor, type, retiredBy } of log.projection.identity.actors()) {
      if (type === "organization" || type === "person" || retiredBy !== null) continue;
      if (directory.actor(logs.current.store.state, actor) !== undefined) continue;
      const { name = "", details = {} } = (vault.actorName(actor) ?? {}) as Partial<NewActor>;
      await registerActor(author, household.root, { type, name, details, actor });
    }
  }
}

/** Has a member place the holds, and set the retention, that ended logs know of a study and later logs do not yet. */
export async function carryKeeping(
  site: Carrying,
  study: string,
  signatories: readonly [Signatory, ...Signatory[]],
  what: "holds" | "holds-and-retention" = "holds-and-retention",
): Promise<void> {
  const { logs, vault, author } = site;
  const keeping = keptWithStudy(vault, study);
  const { holds, until } = keepingToCarry(logs, study);
  for (const { hold, reason } of holds)
    await state(author, holdPlaced, { open: { study, hold, reason }, sealed: {} }, signatories, keeping);
  if (what === "holds") return;
  for (const time of until)
    await state(author, retentionSet, { open: { study, until: time }, sealed: {} }, signatories, keeping);
}

/** What ended logs know of a study's keeping and later logs do not yet: its holds, and until when it must be kept (UTC). */
export function keepingToCarry(
  logs: Site["logs"],
  study: string,
): {
  readonly holds: readonly { readonly hold: string; readonly reason: HoldReason }[];
  readonly until: readonly string[];
} {
  const holds: { hold: string; reason: HoldReason }[] = [];
  const until: string[] = [];
  for (const [at, log] of logs.ended.entries()) {
    const row = studyOf(log.store.state, study);
    const later = [...logs.ended.slice(at + 1), logs.current].flatMap((one) => saidOf(one, study));
    const placed = later.filter(({ kind }) => kind === holdPlaced.name).map(({ open }) => open["hold"]);
    for (const hold of row?.holds.filter((handle) => !placed.includes(handle)) ?? [])
      holds.push({ hold, reason: reasonOf(log, study, hold) });
    const isSet = later.some(({ kind }) => kind === retentionSet.name);
    if (row?.retainUntil != null && !isSet) until.push(row.retainUntil);
  }
  return { holds, until };
}

async function registerAgain({ author, household, logs, vault }: Carrying, study: string, subject: string) {
  const items = itemsOf({ logs, vault }, study);
  const records = items.map(({ item }) => item.value as unknown as ObjectRecord);
  const seed = newSeed();
  const manifest = manifestOf(records as unknown as readonly Json[], seed);
  const registrations = logs.ended.flatMap((log) => saidOf(log, study)).filter(({ open }) => open["study"] === study);
  const modalities = registrations.flatMap(({ open }) => (open["modalities"] ?? []) as string[]);
  const device = registrations.map(({ open }) => open["device"]).find((actor) => typeof actor === "string");
  const open = {
    study,
    modalities: modalitiesOf(modalities),
    series: new Set(records.map(({ seriesUid }) => seriesUid)).size,
    instances: records.length,
    manifest: manifest.root,
    ...(device === undefined || directory.actor(logs.current.store.state, device) === undefined ? {} : { device }),
  };
  const sealed = sealedAgain({ logs, vault }, study);
  const headers = await headersOf(vault, subject, items);
  const prepared = await author.prepare(
    studyRegistered,
    { basis: "imported", open, sealed },
    [household.gateway],
    seed,
  );
  const objects = manifest.items.map(({ place }, item) => {
    const { sopInstanceUid, file } = records[place] as ObjectRecord;
    return { item, sopInstanceUid, file };
  });
  const kept = { subject, study, manifest: manifest.items, objects, ...(headers && { headers }) };
  acceptedOrThrown(await author.send(prepared, () => kept));
}

/** The headers once more, in the order of the items; undefined when one of them is not there. */
async function headersOf(
  vault: Site["vault"],
  subject: string,
  items: readonly PlacedItem[],
): Promise<HeaderCollection | undefined> {
  const headers = vault.collectHeaders(subject);
  for (const { statement, item } of items) {
    const header = vault.header(statement, item.place);
    if (header === undefined) {
      await headers.discard();
      return undefined;
    }
    await headers.add(header);
  }
  return headers;
}

interface PlacedItem {
  readonly statement: string;
  readonly item: ManifestItem;
}

/** Every object of a study that an ended log holds, each version once. */
function itemsOf({ logs, vault }: Pick<Carrying, "logs" | "vault">, study: string): PlacedItem[] {
  const items = new Map<string, PlacedItem>();
  for (const statement of vault.statementsOf(study)) {
    if (logs.placeOf(statement) === undefined) continue;
    for (const item of vault.manifest(statement))
      items.set((item.value as unknown as ObjectRecord).file, { statement, item });
  }
  return [...items.values()];
}

/** The sealed fields of the first registration that the vault can open; the patient is whose study it is by now. */
function sealedAgain(
  { logs, vault }: Pick<Carrying, "logs" | "vault">,
  study: string,
): ReturnType<typeof sealedFieldsOf> {
  const opened = vault
    .statementsOf(study)
    .filter((statement) => logs.placeOf(statement) !== undefined)
    .map((statement) => vault.disclosures(statement)?.disclosures ?? {})
    .find((disclosures) => disclosures["studyUid"] !== undefined);
  const values = Object.entries(opened ?? {}).filter(([name, { value }]) => name !== "subject" && value !== null);
  const subject = patientOf({ logs, vault }, study);
  return {
    studyUid: "",
    ...Object.fromEntries(values.map(([name, { value }]) => [name, value])),
    ...(subject === undefined ? {} : { subject }),
  } as ReturnType<typeof sealedFieldsOf>;
}

function reasonOf(log: KeptLog, study: string, hold: string): HoldReason {
  const placed = saidOf(log, study).find(({ kind, open }) => kind === holdPlaced.name && open["hold"] === hold);
  return (placed?.open["reason"] ?? "legal") as HoldReason;
}

function saidOf(log: KeptLog, study: string) {
  return historyOf(log, study).map(({ content }) => content);
}
