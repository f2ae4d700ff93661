// Entries, receipts, policy and health: what the log says and what proves it.
import { PassThrough, type Readable } from "node:stream";
import {
  type EntriesQuery,
  type EntryDetail,
  type EntryPage,
  type Health,
  type ReceiptRequest,
  receiptMediaType,
  type StatementPlace,
} from "@fiducial/api";
import { vocabulary } from "@fiducial/contract";
import { parseSignedCheckpoint, parseTilePath, toHex, utf8Decode } from "@fiducial/core";
import type { OpenNode } from "../compose.ts";
import { NodeError } from "../node-error.ts";
import { entryAt, summaryOf } from "./summaries.ts";

/** A text answer that is not JSON of the API. */
export interface TextAnswer {
  readonly mediaType: string;
  readonly text: string;
}

const pageSize = 50;

export function health(node: OpenNode, demo: boolean): Health {
  const { size, rootHash } = node.replica.head();
  const latest = node.publication.latest();
  return {
    status: "ok",
    ordering: "local",
    demo,
    organization: { id: node.identity.organization, name: node.identity.organizationName },
    log: { origin: node.identity.origin, size, rootHash: toHex(rootHash) },
    ...(latest === undefined ? {} : { checkpoint: { size: latest.size, note: latest.note, cosigners: [] } }),
    backlog: size - node.projection.appliedSize(),
  };
}

export function entries(node: OpenNode, { before, limit = pageSize, kind, study }: EntriesQuery): EntryPage {
  const { size } = node.replica.head();
  const found =
    study === undefined
      ? node.projection.log.entries({
          limit: limit + 1,
          ...(before === undefined ? {} : { before }),
          ...(kind === undefined ? {} : { kind }),
        })
      : historyPage(node, study, before, limit + 1);
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
  const { size, note } = await node.publication.covering(index + 1);
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
    sealed: sealed as EntryDetail["sealed"],
    proof: { size, hashes: node.reader.proveInclusion(index, size).map(toHex) },
    checkpoint: note,
    raw: utf8Decode(node.reader.entry(index)) ?? "",
  };
}

export async function receipt(node: OpenNode, index: number): Promise<TextAnswer> {
  entryAt(node, index);
  await node.projector.caughtUp(index + 1);
  return { mediaType: receiptMediaType, text: await node.receipts.receipt(index) };
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

/** Audits the log, a line of JSON at a time: how far it is, and last how it came out. */
export function auditLines(node: OpenNode): Readable {
  const lines = new PassThrough();
  const write = (line: object) => void lines.write(`${JSON.stringify(line)}\n`);
  node
    .audit((done, total) => write({ done, total }))
    .then(
      (result) => {
        write(result);
        lines.end();
      },
      (thrown: Error) => lines.destroy(thrown),
    );
  return lines;
}

export function policy(node: OpenNode): TextAnswer {
  return { mediaType: "application/json", text: node.policy() };
}

export function kinds(): readonly unknown[] {
  return vocabulary();
}

/** The cosigned checkpoint's note, or undefined before the first. */
export function checkpoint(node: OpenNode): string | undefined {
  return node.publication.latest()?.note;
}

/** A tile of the published tree, or undefined. Entry bundles hold statements, which are for members. */
export function tile(node: OpenNode, path: string, member: boolean): Uint8Array | undefined {
  const latest = node.publication.latest();
  if (latest === undefined) return undefined;
  const { size } = parseSignedCheckpoint(latest.note).checkpoint;
  const resource = isTilePath(path) ? node.reader.resource(path, size) : undefined;
  return resource !== undefined && (resource.kind === "tile" || member) ? resource.bytes : undefined;
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

function historyPage(node: OpenNode, study: string, before: number | undefined, limit: number): number[] {
  const history = node.projection.imaging.history(study).reverse();
  return history.filter((index) => before === undefined || index < before).slice(0, limit);
}
