// Makes receipts: one statement with proof, key chain and checkpoint, and the objects that its holder asks for. docs/formats/receipt.md.
import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Disclosure,
  formatReceipt,
  longestReceipt,
  type ManifestProver,
  manifestProver,
  type ProvedEntry,
  type ProvedObject,
  parseEntry,
  type Receipt,
  toHex,
} from "@fiducial/core";
import { saltedAttributes } from "@fiducial/dicom";
import type { LogReader, Published } from "@fiducial/ledger";
import { keyChainOf, type Projection } from "@fiducial/projection";
import type { Vault } from "@fiducial/vault";
import { NodeError } from "../node-error.ts";
import { keptHeader } from "../verification/verify-files.ts";

/** Which objects of a statement's manifest a receipt shows. */
export interface ShownObject {
  readonly item: number;
  /** Whether its attributes' digests and their salt go along: for whoever holds the file. */
  readonly attributes: boolean;
}

export interface ReceiptMaker {
  /** The receipt of the entry at `index`, as text. Rejects with ENTRY_UNKNOWN, OBJECT_UNKNOWN, RECEIPT_TOO_LARGE. */
  receipt(index: number, objects?: readonly ShownObject[]): Promise<string>;
}

/** What names people see beside handles: organizations, software and devices; never patients, never staff. */
const shownFields: Readonly<Record<string, readonly string[]>> = {
  "identity.log.created": ["names"],
  "identity.organization.registered": ["name"],
};

/** Makes receipts of one log. `covering` tells over which checkpoint to prove so many entries. */
export function receiptMaker(
  reader: LogReader,
  covering: (size: number) => Promise<Published>,
  projection: Projection,
  vault: Vault,
): ReceiptMaker {
  function contentAt(index: number) {
    const entry = parseEntry(reader.entry(index));
    if (entry === undefined) throw new NodeError("ENTRY_UNKNOWN", { index });
    return entry.statement;
  }

  function disclosuresOf(index: number): Readonly<Record<string, Disclosure>> {
    const { id, content } = contentAt(index);
    const isThing = content.kind === "identity.actor.registered" && content.open["type"] !== "person";
    const fields = isThing ? ["name"] : (shownFields[content.kind] ?? []);
    const kept = fields.length === 0 ? undefined : vault.disclosures(id)?.disclosures;
    return Object.fromEntries(fields.flatMap((name) => (kept?.[name] === undefined ? [] : [[name, kept[name]]])));
  }

  function prove(index: number, size: number): ProvedEntry {
    return {
      index,
      bytes: reader.entry(index),
      hashes: reader.proveInclusion(index, size),
      disclosures: disclosuresOf(index),
    };
  }

  function show(statement: string, proveItem: ManifestProver, { item, attributes }: ShownObject): ProvedObject {
    const found = vault.manifestItem(statement, item);
    if (found === undefined) throw new NodeError("OBJECT_UNKNOWN");
    const proof = proveItem(item, found);
    const kept = attributes ? keptHeader(vault, statement, found.place) : undefined;
    if (kept === undefined) return { proof };
    const digests = [...saltedAttributes(kept.canonicalHeader, kept.attributeSalt)].map(([path, digest]) => [
      path,
      toHex(digest),
    ]);
    return { proof, attributes: { salt: toHex(kept.attributeSalt), digests: Object.fromEntries(digests) } };
  }

  // The attributes of one object are many: others get their turn before the next, and what no verifier would read is not finished.
  async function showAll(statement: string, objects: readonly ShownObject[]): Promise<ProvedObject[]> {
    if (objects.length === 0) return [];
    const proveItem = manifestProver(vault.manifestCommitments(statement) ?? []);
    const shown: ProvedObject[] = [];
    let room = longestReceipt;
    for (const object of objects) {
      await nextTurn();
      const proved = show(statement, proveItem, object);
      room -= JSON.stringify(proved).length;
      if (room < 0) throw new NodeError("RECEIPT_TOO_LARGE");
      shown.push(proved);
    }
    await nextTurn();
    return shown;
  }

  return {
    receipt: async (index, objects = []) => {
      const { size, note } = await covering(index + 1);
      const { id, content } = contentAt(index);
      const chain = keyChainOf(projection.identity, index, content, (link) => contentAt(link).content);
      const receipt: Receipt = {
        entry: prove(index, size),
        keyChain: chain.map((link) => prove(link, size)),
        checkpoint: note,
        objects: await showAll(id, objects),
      };
      const text = formatReceipt(receipt);
      if (text.length > longestReceipt) throw new NodeError("RECEIPT_TOO_LARGE");
      return text;
    },
  };
}
