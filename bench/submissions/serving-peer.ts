// The peer: as whoever "just wants an audit log" would take signed statements in. A bare server verifies them in workers, as ours does, and inserts each request in one transaction.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { availableParallelism } from "node:os";
import type { DeclaredKey } from "@fiducial/core";
import { verificationPool } from "@fiducial/ledger";
import { Client } from "pg";
import { type Serving, singles } from "./serving.ts";

const [host, declared] = process.argv.slice(2) as [string, string];
const key = JSON.parse(declared) as DeclaredKey;
const pool = verificationPool(availableParallelism());
// A connection of its own for each of those who send: none ever waits for another.
const idle = await Promise.all(Array.from({ length: singles }, () => connected()));
await idle[0]?.query(
  "CREATE TABLE submitted (id bytea PRIMARY KEY, statement text NOT NULL, at timestamptz NOT NULL DEFAULT now())",
);

const server = createServer(async (request, response) => {
  const { statements } = JSON.parse(await textOf(request)) as { statements: { envelope: string }[] };
  const examined = await pool.examine(
    statements.map(({ envelope }) => ({ id: "", bytes: Buffer.from(envelope) })),
    () => key,
  );
  const good = examined.flatMap((one, at) =>
    one.fault === undefined && one.verified(0) === true ? [{ id: one.id, statement: statements[at]?.envelope }] : [],
  );
  const client = idle.pop() as Client;
  await client.query({
    name: "insert",
    text: "INSERT INTO submitted (id, statement) SELECT decode(id, 'hex'), statement FROM json_to_recordset($1) AS row(id text, statement text) ON CONFLICT DO NOTHING",
    values: [JSON.stringify(good)],
  });
  idle.push(client);
  const body = JSON.stringify({ statements: good.map(({ id }) => ({ status: "accepted", id })) });
  response.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) }).end(body);
});
server.listen(0, "127.0.0.1", () => {
  const serving: Serving = { port: (server.address() as AddressInfo).port, token: "none" };
  process.send?.(serving);
});
process.once("message", () => process.exit(0));

async function connected(): Promise<Client> {
  const client = new Client({ host, user: "bench", database: "postgres" });
  await client.connect();
  return client;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
