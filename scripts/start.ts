// `npm start`: builds the page when its sources changed, opens the node, registers the demonstration on the first start, serves.
import { parseArgs } from "node:util";
import {
  type DimseListener,
  defaultDataFolder,
  demoFolder,
  demoMorning,
  isDemoWaiting,
  NodeError,
  type OpenNode,
  openNode,
  registerDemo,
  runningNode,
  startDimse,
  startServer,
} from "../apps/node/src/index.ts";
import { buildWeb } from "./build-web.ts";

const help = `npm start -- [options]

  --data D               the data folder (default: FIDUCIAL_DATA, or fiducial in the user's data folder)
  --keys K               the folder of its keys (default: FIDUCIAL_KEYS, or beside the user's settings)
  --port N               the port to listen on (default: 8400)
  --dicom-port N         the port on which DICOM objects are taken, 0 for any free one (default: 11112, unless it is taken)
  --dicom-ae TITLE       the AE title that senders have to call (default: FIDUCIAL)
  --no-dicom             takes no DICOM objects
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
      "dicom-port": { type: "string" },
      "dicom-ae": { type: "string", default: "FIDUCIAL" },
      "no-dicom": { type: "boolean" },
      empty: { type: "boolean" },
      organization: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return say(help);
  const [port, dicomPort] = [Number(values.port), Number(values["dicom-port"] ?? usualDicomPort)];
  if (!isPort(port)) return complain("--port takes a number from 0 to 65535.", 2);
  if (!isPort(dicomPort)) return complain("--dicom-port takes a number from 0 to 65535.", 2);
  const page = await buildWeb(say);
  const data = values.data ?? defaultDataFolder();
  const node = await openNode({ data, keys: values.keys, create: true, ...folderToMake(values) }).catch(
    (thrown: Error & { code?: string }) => {
      const url = thrown.code === "FOLDER_IN_USE" ? runningNode(data) : undefined;
      if (url !== undefined) thrown.message += ` It answers at ${url}.`;
      throw thrown;
    },
  );
  const dicom = values["no-dicom"] === true ? undefined : await receiveDicom(node, dicomPort, values);
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
  await dicom?.close();
  await server.close();
  await node.close();
  return 0;
}

const usualDicomPort = 11_112;

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 0 && port <= 65_535;
}

/** Listens for senders. Where the usual port is another program's, and nobody asked for it, the node is started without. */
async function receiveDicom(
  node: OpenNode,
  port: number,
  { "dicom-port": asked, "dicom-ae": aeTitle }: { readonly "dicom-port"?: string; readonly "dicom-ae": string },
): Promise<DimseListener | undefined> {
  const listener = await startDimse(node, { port, aeTitle }).catch((thrown: Error & { code?: string }) => {
    if (thrown.code !== "EADDRINUSE" || asked !== undefined) throw thrown;
    say(`Port ${port} is taken, so no DICOM objects are: choose another with --dicom-port.\n`);
    return undefined;
  });
  if (listener !== undefined) say(`DICOM objects are taken on port ${listener.port} by AE title ${aeTitle}\n`);
  return listener;
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
    const port =
      thrown.code === "EADDRINUSE" ? "The port is taken. Choose another with --port or --dicom-port." : undefined;
    process.exitCode = complain(
      known ? `${port ?? thrown.message} (${thrown.code})` : (thrown.stack ?? String(thrown)),
      1,
    );
    process.exit();
  },
);
