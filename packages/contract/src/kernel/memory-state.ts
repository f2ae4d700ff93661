// The contract's state in memory: for replay offline, tests and vectors. A replica keeps it on disk instead.
import type { Json, Statement } from "@fiducial/core";
import { advanceStateDigest, emptyStateDigest, type State, type StatementRow, type Write } from "./state.ts";

/** A state that grows statement by statement. */
export interface MemoryState extends State {
  /** How many statements were accepted. */
  readonly size: number;
  /** The running state digest, 32 bytes. */
  readonly digest: Uint8Array;
  /** Keeps what an accepted statement changes. */
  apply(writes: readonly Write[], statement: Pick<Statement, "id" | "content">): void;
  /** A state that goes on from here on its own. */
  branch(): MemoryState;
}

/** The state of an empty log. */
export function memoryState(): MemoryState {
  return stateOf(new Map(), new Map(), emptyStateDigest);
}

function stateOf(rows: Map<string, Json>, statements: Map<string, StatementRow>, start: Uint8Array): MemoryState {
  let digest = start;
  return {
    get: (key) => rows.get(key),
    statement: (id) => statements.get(id),
    get size() {
      return statements.size;
    },
    get digest() {
      return digest;
    },
    apply(writes, { id, content }) {
      for (const [key, value] of writes) {
        if (value === null) rows.delete(key);
        else rows.set(key, value);
      }
      const { kind, signers } = content;
      statements.set(id, { index: statements.size, kind, organization: signers[0].organization });
      digest = advanceStateDigest(digest, writes);
    },
    branch: () => stateOf(new Map(rows), new Map(statements), digest),
  };
}
