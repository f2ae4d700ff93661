// Statements that many bring at the same time, examined together: a message to a worker costs more than the one statement in it.
import type { SignedStatement } from "../ordering/port.ts";
import type { Examined } from "./pool.ts";

/** Examines statements and gives them back in their order. */
export type Examine = (statements: readonly SignedStatement[]) => Promise<readonly Examined[]>;

interface Bringing {
  readonly statements: readonly SignedStatement[];
  resolve(examined: readonly Examined[]): void;
  reject(reason: unknown): void;
}

/** Puts what is brought in one turn of the event loop into one call of `examine`, and hands to each what is theirs. */
export function gathering(examine: Examine): Examine {
  let brought: Bringing[] = [];

  async function examineAll(): Promise<void> {
    const together = brought;
    brought = [];
    try {
      const examined = await examine(together.flatMap(({ statements }) => statements));
      let from = 0;
      for (const { statements, resolve } of together) {
        resolve(examined.slice(from, from + statements.length));
        from += statements.length;
      }
    } catch (thrown) {
      for (const { reject } of together) reject(thrown);
    }
  }

  return (statements) =>
    new Promise((resolve, reject) => {
      if (brought.length === 0) setImmediate(examineAll);
      brought.push({ statements, resolve, reject });
    });
}
