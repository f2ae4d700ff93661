// The peer: a hash chain in a PostgreSQL table, as whoever "just wants an audit log" would build it. It verifies no signature and decides nothing.
import { hash } from "node:crypto";
import type { SignedStatement } from "@fiducial/ledger";
import type { Client } from "pg";

/** A table whose every row carries the hash of the row before. */
export interface HashChain {
  readonly size: number;
  /** Appends statements in one transaction, flushed to disk when it resolves. */
  append(statements: readonly SignedStatement[]): Promise<void>;
  /** Goes back to `size` rows. */
  cut(size: number): Promise<void>;
}

/** Makes the table, empty. */
export async function hashChain(client: Client): Promise<HashChain> {
  await client.query(
    `CREATE TABLE chain (idx bigint PRIMARY KEY, id bytea NOT NULL UNIQUE, hash bytea NOT NULL, statement bytea NOT NULL);
     ALTER TABLE chain ALTER COLUMN statement SET STORAGE PLAIN`,
  );
  let size = 0;
  let last: Buffer = Buffer.alloc(32);

  return {
    get size() {
      return size;
    },

    append: async (statements) => {
      const values: (number | Buffer)[] = [];
      for (const { id, bytes } of statements) {
        last = hash("sha256", Buffer.concat([last, bytes]), "buffer");
        values.push(size++, Buffer.from(id, "hex"), last, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
      }
      await client.query({ name: `append ${statements.length}`, text: insertOf(statements.length), values });
    },

    cut: async (wanted) => {
      await client.query("DELETE FROM chain WHERE idx >= $1", [wanted]);
      await client.query("VACUUM chain");
      await client.query("CHECKPOINT");
      const { rows } = await client.query<{ hash: Buffer }>("SELECT hash FROM chain ORDER BY idx DESC LIMIT 1");
      size = wanted;
      last = rows[0]?.hash ?? Buffer.alloc(32);
    },
  };
}

// One statement is one transaction. Numbered parameters travel as bytes, which arrays of them do not.
function insertOf(rows: number): string {
  const row = (at: number) => `($${4 * at + 1}, $${4 * at + 2}, $${4 * at + 3}, $${4 * at + 4})`;
  return `INSERT INTO chain VALUES ${Array.from({ length: rows }, (_, at) => row(at)).join()}`;
}
