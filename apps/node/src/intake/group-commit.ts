// Group commit: what comes while one group is made durable waits, and shares the flushes of the next.

/** Commits one item and resolves with what came of it; rejects, as does every item of its group, when the group cannot be committed. */
export type GroupCommit<Item, Result> = (item: Item) => Promise<Result>;

interface Waiting<Item, Result> {
  readonly item: Item;
  resolve(result: Result): void;
  reject(reason: unknown): void;
}

/** Begins committing. `commit` gets a group and resolves with a result for each item, in their order; one group at a time. */
export function groupCommit<Item, Result>(
  commit: (group: readonly Item[]) => Promise<readonly Result[]>,
): GroupCommit<Item, Result> {
  let waiting: Waiting<Item, Result>[] = [];
  let isCommitting = false;

  async function commitWaiting(): Promise<void> {
    isCommitting = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const results = await commit(group.map(({ item }) => item));
        for (const [at, { resolve }] of group.entries()) resolve(results[at] as Result);
      } catch (thrown) {
        for (const { reject } of group) reject(thrown);
      }
    }
    isCommitting = false;
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isCommitting) void commitWaiting();
    });
}
