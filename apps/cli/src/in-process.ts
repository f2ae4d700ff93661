// A ledger in a folder that this process has open.
import {
  accesses,
  beforeOperatorReads,
  entries,
  entry,
  type FileVerification,
  type FoundFile,
  health,
  machinesOf,
  NodeError,
  type OpenNode,
  objectFiles,
  studyOfStatement,
  unreadFile,
} from "@fiducial/node";
import { filesTotal } from "./files-total.ts";
import type { FilesTotal, Ledger } from "./ledger.ts";

/** Makes a ledger of an open node. Closing it closes the node. */
export function inProcess(node: OpenNode): Ledger {
  const caughtUp = () => node.projector.caughtUp(node.store.head().edge.size);

  return {
    folder: node.folder.path,
    node: undefined,

    ingest: async (paths, { progress, counted, study, signal }) => {
      let total: FilesTotal | undefined;
      if (counted) {
        void filesTotal(paths, signal).then((counted) => {
          total = counted;
        });
      }
      const result = await node.ingest(paths, {
        study,
        signal,
        progress: (reached) => progress({ ...reached, total }),
      });
      await caughtUp();
      // This process may be the last for long: what it registered is covered by a checkpoint before it ends.
      await node.publication.covering(node.store.head().edge.size);
      return result;
    },

    verify: (paths, read) => {
      const verified = inOrder(objectFiles(paths), node.fingerprints.width, (found) => verifyFound(node, found));
      return read === undefined ? verified : telling(verified, node.fingerprints.bytesRead, read);
    },
    receipt: async (statementId, objects) => {
      const text = await node.receipts.receipt(statementId, objects);
      const study = studyOfStatement(node, statementId);
      if (study !== undefined) await beforeOperatorReads(node, "receipt", "export", study);
      return text;
    },
    notices: (statementId) => node.receipts.notices(statementId),
    policy: async () => node.policy(),
    audit: (progress) => node.audit(progress),
    health: async () => health(node),
    entries: async (query) => {
      await caughtUp();
      return entries(node, query);
    },
    entry: async (index) => {
      await caughtUp();
      const found = await entry(node, index);
      if (found.study !== undefined) await beforeOperatorReads(node, "entry", "view", found.study);
      return found;
    },
    accesses: async (query) => {
      const found = await accesses(node, query);
      await beforeOperatorReads(node, "access-list", "view", query.study ?? query.lists);
      return found;
    },
    machines: machinesOf(node),
    close: () => node.close(),
  };
}

// A path that cannot be read is told by the verification itself, in the same words as a file that cannot.
async function verifyFound(node: OpenNode, found: FoundFile): Promise<FileVerification> {
  if ("code" in found && found.code === "LISTED_FILE_MISSING") return unreadFile(found.path, new NodeError(found.code));
  const verified = await node.verify(found.path);
  if ("study" in verified && verified.study !== undefined)
    await beforeOperatorReads(node, "study", "verify", verified.study);
  return verified;
}

/** Works on `width` items at a time and yields the results in the items' order. */
async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const result = work(item);
    // Whoever stops reading leaves results behind; what became of those is nobody's business.
    result.catch(() => {});
    underWay.push(result);
    if (underWay.length >= width) yield underWay.shift() as Promise<Result>;
  }
  yield* underWay;
}

/** Yields what `items` does, and meanwhile tells a few times a second how far `counted` has come since the beginning. */
async function* telling<Item>(
  items: AsyncIterable<Item>,
  counted: () => number,
  tell: (bytes: number) => void,
): AsyncGenerator<Item> {
  const before = counted();
  const timer = setInterval(() => tell(counted() - before), 200).unref();
  try {
    yield* items;
  } finally {
    clearInterval(timer);
  }
}
