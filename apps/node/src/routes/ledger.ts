// Entries, receipts, policy and public logs: what a log says and what proves it.
import {
  type EntriesQuery,
  type EntryDetail,
  type EntryPage,
  type ReceiptQuery,
  type ReceiptRequest,
  receiptMediaType,
  type StatementPlace,
} from "@fiducial/api";
import { vocabulary } from "@fiducial/contract";
import { parseTilePath, toHex, utf8Decode } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { comparedCopy } from "./compared-copies.ts";
import { entryAt, summaryOf } from "./summaries.ts";
import { destinationOf } from "./transfer-destination.ts";

/** A text answer that is not JSON of the API. */
export interface TextAnswer {
  readonly mediaType: string;
  readonly text: string;
}

const pageSize = 50;
const msPerDay = 86_400_000;

export function entries(node: OpenNode, query: EntriesQuery): EntryPage {
  const { before, limit = pageSize, kind, without, study, findings, from, to } = query;
  const { size } = node.replica.head();
  const found =
    study === undefined
      ? node.projection.log.entries({
          limit: limit + 1,
          findings: findings === "true",
          ...(before === undefined ? {} : { before }),
          ...(kind === undefined ? {} : { kind }),
          ...(without === undefined ? {} : { without }),
          ...(from === undefined ? {} : { fromMs: Date.parse(from) }),
          ...(to === undefined ? {} : { toMs: Date.parse(to) + msPerDay }),
        })
      : historyPage(node, study, query, limit + 1);
  const shown = found.slice(0, limit);
  const last = shown.at(-1);
  return {
    entries: shown.map((index) => summaryOf(node, index)),
    ...(found.length > limit && last !== undefined ? { next: last } : {}),
    size,
  };
}

export async function entry(node: OpenNode, index: number): Promise<EntryDetail> {
  const found = entryAt(node, index);
  const compared = await comparedCopy(node, found);
  const { size, note } = await node.receipts.checkpoint(index);
  const opened = node.vault.disclosures(found.statement.id)?.disclosures ?? {};
  const sealed = Object.entries(found.statement.content.commitments).map(([name, commitment]) => {
    const disclosure = opened[name];
    return {
      name,
      commitment,
      ...(disclosure === undefined ? {} : { opened: { value: disclosure.value, salt: disclosure.salt } }),
    };
  });
  return {
    ...summaryOf(node, index, found),
    ...destinationOf(node, found),
    sealed: sealed as EntryDetail["sealed"],
    proof: { size, hashes: node.reader.proveInclusion(index, size).map(toHex) },
    checkpoint: note,
    raw: utf8Decode(node.reader.entry(index)) ?? "",
    ...(compared === undefined ? {} : { compared }),
  };
}

export async function receipt(node: OpenNode, index: number, { for: use }: ReceiptQuery): Promise<TextAnswer> {
  entryAt(node, index);
  await node.projector.caughtUp(index + 1);
  return {
    mediaType: receiptMediaType,
    text: await node.receipts.receipt(index, [], use === undefined ? "export" : "look"),
  };
}

export async function receiptShowing(node: OpenNode, index: number, { objects }: ReceiptRequest): Promise<TextAnswer> {
  entryAt(node, index);
  await node.projector.caughtUp(index + 1);
  return { mediaType: receiptMediaType, text: await node.receipts.receipt(index, objects) };
}

/** Where an accepted statement stands. Throws STATEMENT_UNKNOWN. */
export function statement(node: OpenNode, statementId: string): StatementPlace {
  const index = node.store.indexOf(statementId);
  if (index === undefined) throw new NodeError("STATEMENT_UNKNOWN");
  return { index };
}

export function policy(node: OpenNode): TextAnswer {
  return { mediaType: "application/json", text: node.policy() };
}

export function kinds(): readonly unknown[] {
  return vocabulary();
}

/** What a log answers below `/logs/`: its newest checkpoint, or what never changes. */
export type LogAnswer =
  | { readonly checkpoint: string }
  | { readonly kind: "tile" | "entries"; readonly bytes: Uint8Array };

/** The newest checkpoint or a tile of one of the node's logs, ended ones too, by its path below `/logs/`; or undefined. Entry bundles hold statements, which are for auditors. */
export function logResource({ logs }: OpenNode, path: string): LogAnswer | undefined {
  const log = logs.all.find(({ origin }) => path.startsWith(`${origin}/`));
  const latest = log?.latest();
  if (log === undefined || latest === undefined) return undefined;
  const name = path.slice(log.origin.length + 1);
  if (name === "checkpoint") return { checkpoint: latest.note };
  return isTilePath(name) ? log.reader.resource(name, latest.size) : undefined;
}

// What comes in an address is anybody's: a path that names no tile is not there.
function isTilePath(path: string): boolean {
  try {
    parseTilePath(path);
    return true;
  } catch {
    return false;
  }
}

function historyPage(node: OpenNode, study: string, { before, ...query }: EntriesQuery, limit: number): number[] {
  const found: number[] = [];
  for (const index of node.projection.imaging.history(study).reverse()) {
    if (found.length === limit) break;
    if ((before === undefined || index < before) && fits(node, index, query)) found.push(index);
  }
  return found;
}

function fits(node: OpenNode, index: number, { findings, from, to }: EntriesQuery): boolean {
  if (findings !== "true" && from === undefined && to === undefined) return true;
  const entry = entryAt(node, index);
  const day = entry.recordedAt.slice(0, 10);
  return (
    (findings !== "true" || entry.findings.length > 0) &&
    (from === undefined || day >= from) &&
    (to === undefined || day <= to)
  );
}
