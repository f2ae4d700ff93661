// What an erasure or destruction cannot reach: copies that others hold, receipts, backups. GDPR Art. 17 (2), Art. 19.
import { parseEntry } from "@fiducial/core";
import type { HolderOf } from "@fiducial/vault";
import type { Logs } from "../logs/logs.ts";
import { backupRecords } from "./backup-records.ts";
import type { Site } from "./site.ts";
import type { SurvivorCounts } from "./under-way.ts";

/** Something that holds a copy and goes on holding it. */
export interface Survivor {
  /** As the vault has it; `derived` for a study made from one of these, `corrected` for a study once filed here whose headers say so. */
  readonly kind: HolderOf["kind"] | "derived" | "corrected";
  /** A system, an organization, a medium, a study's handle. */
  readonly where: string;
  readonly at?: string;
  /** The handle of the study that it holds, if it is one study. */
  readonly study?: string;
}

/** Lists what survives of these studies, and of a subject if one is named. */
export function survivorsOf(site: Site, studies: readonly string[], subject?: string): Survivor[] {
  const held =
    subject === undefined ? studies.flatMap((study) => site.vault.holders(study)) : site.vault.holders(subject);
  const corrected = subject === undefined ? [] : correctedAway(site, subject);
  return [...held.map(survivorOf), ...backupsHolding(site, studies), ...derivedFrom(site.logs, studies), ...corrected];
}

/** Counts survivors for a statement. */
export function countsOf(survivors: readonly Survivor[]): SurvivorCounts {
  const receipts = survivors.filter(({ kind }) => kind === "receipt").length;
  const backups = survivors.filter(({ kind }) => kind === "backup").length;
  return { receipts, backups, copies: survivors.length - receipts - backups };
}

function survivorOf({ kind, where, at, study }: HolderOf): Survivor {
  return { kind, where, at, ...(study === undefined ? {} : { study }) };
}

// A backup holds what was registered before it was made.
function backupsHolding({ folder, logs, vault }: Site, studies: readonly string[]): Survivor[] {
  const places = studies.flatMap((study) => vault.statementsOf(study)).flatMap((id) => logs.placeOf(id) ?? []);
  return backupRecords(folder.path)
    .filter((backup) => places.some(({ log, index }) => isIn(backup, log.origin, index, logs)))
    .map(({ where, at }) => ({ kind: "backup", where, at }));
}

function isIn(backup: { readonly origin: string; readonly size: number }, origin: string, index: number, logs: Logs) {
  if (backup.origin === origin) return index < backup.size;
  // A backup of a later log has the ended ones with it.
  const order = [...logs.ended, logs.current].map((log) => log.origin);
  return order.indexOf(backup.origin) > order.indexOf(origin);
}

function derivedFrom({ all }: Logs, studies: readonly string[]): Survivor[] {
  const derived = all.flatMap(({ projection, store }) =>
    studies
      .flatMap((study) => projection.imaging.history(study))
      .map((index) => parseEntry(store.entry(index) as Uint8Array)?.statement.content)
      .filter((content) => content?.kind === "imaging.study.derived")
      .map((content) => String(content?.open["study"])),
  );
  return [...new Set(derived)].filter((study) => !studies.includes(study)).map((where) => ({ kind: "derived", where }));
}

// What was filed under this subject by mistake stands under another by now; its headers, and the objects as received, name this one.
function correctedAway({ vault, logs }: Site, subject: string): Survivor[] {
  const filed = vault.statementsOf(subject).flatMap((id) => {
    const place = logs.placeOf(id);
    const study = place && parseEntry(place.log.reader.entry(place.index))?.statement.content.open["study"];
    return typeof study === "string" ? [study] : [];
  });
  return [...new Set(filed)]
    .filter((study) => (vault.subjectOfStudy(study) ?? subject) !== subject)
    .map((where) => ({ kind: "corrected", where }));
}
