// Receipts of every log of a folder. What is issued of a study is remembered in the vault, so that an erasure can count what it does not reach.
import { formatUtcTime, parseEntry } from "@fiducial/core";
import type { Published } from "@fiducial/ledger";
import type { Vault } from "@fiducial/vault";
import type { KeptLog, LogPlace } from "../logs/logs.ts";
import { noticesOf, type StudyNotice } from "../logs/standing.ts";
import { NodeError } from "../node-error.ts";
import { type ChoiceRooms, checkpointChoice } from "./checkpoint-choice.ts";
import { receiptMaker, type ShownObject } from "./receipt-maker.ts";

/** An entry: its index on the log that grows, or its statement's id on any log of the folder. */
export type EntryName = number | string;

/** What becomes of a receipt: somebody keeps it, or it is looked at and let go. */
export type ReceiptUse = "export" | "look";

export interface Receipts {
  /** The receipt of an entry, as text; remembered as given out unless it is for a look alone. Rejects with ENTRY_UNKNOWN, STATEMENT_UNKNOWN, CHECKPOINT_MISSING. */
  receipt(entry: EntryName, objects?: readonly ShownObject[], use?: ReceiptUse): Promise<string>;
  /** The checkpoint over which an entry's receipt is made. Rejects as `receipt`. */
  checkpoint(entry: EntryName): Promise<Published>;
  /** What whoever hands on an entry's receipt should know of its study. */
  notices(entry: EntryName): readonly StudyNotice[];
}

/** What receipts stand on. */
export interface ReceiptRooms extends ChoiceRooms {
  readonly vault: Vault;
  nowMs(): number;
}

/** Makes receipts of a folder's logs. */
export function issuedReceipts({ vault, nowMs, ...rooms }: ReceiptRooms): Receipts {
  const { logs } = rooms;
  const choose = checkpointChoice(rooms);
  const makers = new Map(
    logs.all.map((log) => [log, receiptMaker(log.reader, (size) => choose(log, size), log.projection, vault)]),
  );

  function placeOf(entry: EntryName): LogPlace {
    const place = typeof entry === "number" ? { log: logs.current, index: entry } : logs.placeOf(entry);
    if (place === undefined) throw new NodeError("STATEMENT_UNKNOWN");
    return place;
  }

  async function remember({ log, index }: LogPlace): Promise<void> {
    const study = studyAt(log, index);
    if (study === undefined || vault.subjectOfStudy(study) === undefined) return;
    // The same receipt, fetched again, is the same receipt.
    const where = `receipt of entry ${index} of ${log.origin}`;
    const isKnown = vault.holders(study).some((holder) => holder.kind === "receipt" && holder.where === where);
    if (isKnown) return;
    const at = formatUtcTime(nowMs());
    await vault.write((writer) => writer.recordHolder(study, { kind: "receipt", where, at }));
  }

  return {
    receipt: async (entry, objects = [], use = "export") => {
      const place = placeOf(entry);
      const { log, index } = place;
      await log.caughtUp(index + 1);
      const text = await (makers.get(log) as ReturnType<typeof receiptMaker>).receipt(index, objects);
      if (use === "export") await remember(place);
      return text;
    },
    checkpoint: async (entry) => {
      const { log, index } = placeOf(entry);
      return choose(log, index + 1);
    },
    notices: (entry) => {
      const { log, index } = placeOf(entry);
      const study = studyAt(log, index);
      return study === undefined ? [] : noticesOf(logs, study);
    },
  };
}

function studyAt({ store }: KeptLog, index: number): string | undefined {
  const bytes = store.entry(index);
  const study = bytes && parseEntry(bytes)?.statement.content.open["study"];
  return typeof study === "string" ? study : undefined;
}
