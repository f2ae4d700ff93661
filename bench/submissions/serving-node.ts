// The child that is measured: a node with a program that may hand statements in, and one study.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiClient } from "@fiducial/api";
import { smallObject } from "@fiducial/dicom/phantom";
import { openNode, startServer } from "@fiducial/node";
import type { Serving } from "./serving.ts";

const folder = process.argv[2] as string;
const node = await openNode({ data: join(folder, "data"), keys: join(folder, "keys"), create: true });
const file = join(folder, "image.dcm");
writeFileSync(file, smallObject({ seed: "bench" }));
const { studies } = await node.ingest([file]);
// Requests are not what is measured here: a limit on them would be the figure.
const limits = { machineRequestsPerMinute: 1_000_000_000 };
const server = await startServer(node, { port: 0, host: "127.0.0.1", limits });
const operator = apiClient({ baseUrl: server.url, token: server.operatorToken });
const machine = await operator.addTokenClient({ name: "RIS", scopes: ["statements.submit"] });
const keyFile = join(folder, "ris.key");
await node.operations.software.addKey(machine.client, { path: keyFile, passphrase: "" });
const { access_token: token } = await operator.token(machine);
const serving: Serving = { port: server.port, token, keyFile, study: studies[0]?.study ?? "" };
process.send?.(serving);
process.once("message", async () => {
  await server.close();
  await node.close();
  process.exit(0);
});
