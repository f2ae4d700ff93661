// `npm start`: builds the page when its sources changed, opens the node, registers the demonstration on the first start, serves.
import { parseArgs } from "node:util";
import {
  defaultDataFolder,
  demoFolder,
  demoMorning,
  isDemoWaiting,
  NodeError,
  openNode,
  registerDemo,
  runningNode,
  startServer,
} from "../apps/node/src/index.ts";
import { buildWeb } from "./build-web.ts";

const help = `npm start -- [options]

  --data D               the data folder (default: FIDUCIAL_DATA, or fiducial in the user's data folder)
  --keys K               the folder of its keys (default: FIDUCIAL_KEYS, or beside the user's settings)
  --port N               the port to listen on (default: 8400)
  --empty                make a new folder without the demonstration's devices and studies
  --organization NAME    what the organization of a new folder is called, which is empty then
  --help                 this text
`;

/** A folder with a name of its own is nobody's demonstration. */
function folderToMake({ empty, organization }: { readonly empty?: boolean; readonly organization?: string }) {
  if (organization !== undefined) return { organizationName: organization };
  return empty === true ? {} : demoFolder;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      keys: { type: "string" },
      port: { type: "string", default: "8400" },
      empty: { type: "boolean" },
      organization: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return say(help);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    return complain("--port takes a number from 0 to 65535.", 2);
  const page = await buildWeb(say);
  const data = values.data ?? defaultDataFolder();
  const node = await openNode({ data, keys: values.keys, create: true, ...folderToMake(values) }).catch(
    (thrown: Error & { code?: string }) => {
      const url = thrown.code === "FOLDER_IN_USE" ? runningNode(data) : undefined;
      if (url !== undefined) thrown.message += ` It answers at ${url}.`;
      throw thrown;
    },
  );
  const server = await startServer(node, { port, host: "127.0.0.1", page });
  node.folder.announce(server.url);
  if (isDemoWaiting(node))
    await registerDemo(node, demoMorning(Date.now()), (done, total) =>
      say(`  demonstration: intake ${done} of ${total} registered\n`),
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
