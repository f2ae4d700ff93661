// `npm start`: builds the page when its sources changed, opens the node, registers the demonstration on the first start, serves.
import { parseArgs } from "node:util";
import { defaultDataFolder, NodeError, openNode, registerDemo, startServer } from "../apps/node/src/index.ts";

import { buildWeb } from "./build-web.ts";

const help = `npm start -- [options]

  --data D     the data folder (default: FIDUCIAL_DATA, or fiducial in the user's data folder)
  --keys K     the folder of its keys (default: FIDUCIAL_KEYS, or beside the user's settings)
  --port N     the port to listen on (default: 8400)
  --empty      start without the demonstration's devices and studies
  --help       this text
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      keys: { type: "string" },
      port: { type: "string", default: "8400" },
      empty: { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return say(help);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return complain("--port takes a number from 0 to 65535.", 2);
  const page = await buildWeb(say);
  const node = await openNode({
    data: values.data ?? defaultDataFolder(),
    keys: values.keys,
    create: true,
    organizationName: values.empty === true ? undefined : "Northlake Hospital",
  });
  const fresh = node.projection.imaging.count() === 0 && node.store.head().edge.size <= 3;
  const server = await startServer(node, {
    port,
    host: "127.0.0.1",
    page,
    demo: node.identity.organizationName === "Northlake Hospital",
  });
  node.folder.announce(server.url);
  if (fresh && values.empty !== true)
    await registerDemo(node, demoStart(), (done, total) =>
      say(`  demonstration: study ${done} of ${total} registered\n`),
    );
  say(`Fiducial is at ${server.url}  (stop with Ctrl+C)\n`);
  await new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
  node.folder.announce(undefined);
  await server.close();
  await node.close();
  return 0;
}

// Yesterday at eight, so that the demonstration looks lived in.
function demoStart(): string {
  return `${new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)}T08:00:00+01:00`;
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function complain(text: string, status: number): number {
  process.stderr.write(`fiducial: ${text}\n`);
  return status;
}

main().then(
  (status) => {
    process.exitCode = status;
  },
  (thrown: Error & { code?: string }) => {
    const known = thrown instanceof NodeError || /^[A-Z_]+$/.test(thrown.code ?? "");
    const port = thrown.code === "EADDRINUSE" ? "The port is taken. Choose another with --port." : undefined;
    process.exitCode = complain(
      known ? `${port ?? thrown.message} (${thrown.code})` : (thrown.stack ?? String(thrown)),
      1,
    );
    process.exit();
  },
);
