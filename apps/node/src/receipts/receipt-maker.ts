// Makes receipts: one statement with proof, key chain and checkpoint, and the objects that its holder asks for. docs/formats/receipt.md.
import {
  type Disclosure,
  formatReceipt,
  type ProvedEntry,
  type ProvedObject,
  parseEntry,
  proveManifestItem,
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
  /** The receipt of the entry at `index`, as text. Throws ENTRY_UNKNOWN. */
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

  function show(statement: string, commitments: readonly string[], { item, attributes }: ShownObject): ProvedObject {
    const found = vault.manifestItem(statement, item);
    if (found === undefined) throw new NodeError("OBJECT_UNKNOWN");
    const proof = proveManifestItem(commitments, item, found);
    const kept = attributes ? keptHeader(vault, statement, found.place) : undefined;
    if (kept === undefined) return { proof };
    const digests = [...saltedAttributes(kept.canonicalHeader, kept.attributeSalt)].map(([path, digest]) => [
      path,
      toHex(digest),
    ]);
    return { proof, attributes: { salt: toHex(kept.attributeSalt), digests: Object.fromEntries(digests) } };
  }

  return {
    receipt: async (index, objects = []) => {
      const { size, note } = await covering(index + 1);
      const { id, content } = contentAt(index);
      const chain = keyChainOf(projection.identity, index, content, (link) => contentAt(link).content);
      const commitments = objects.length === 0 ? [] : (vault.manifestCommitments(id) ?? []);
      const receipt: Receipt = {
        entry: prove(index, size),
        keyChain: chain.map((link) => prove(link, size)),
        checkpoint: note,
        objects: objects.map((shown) => show(id, commitments, shown)),
      };
      return formatReceipt(receipt);
    },
  };
}
