// `npm start`: builds the page when its sources changed, opens the node, tells the demonstration's story on the first start, serves.
import { parseArgs } from "node:util";
import { problemLine, readConfiguration } from "../apps/node/src/configuration/index.ts";
import {
  defaultDataFolder,
  demoFolder,
  keepRunning,
  NodeError,
  openDemonstration,
  type RunningNode,
  runningNode,
  startLines,
  startNode,
  type WholeConfiguration,
} from "../apps/node/src/index.ts";
import { buildWeb } from "./build-web.ts";

const help = `npm start -- [options]

  --data D               the data folder (default: FIDUCIAL_DATA, or fiducial in the user's data folder)
  --keys K               the folder of its keys (default: FIDUCIAL_KEYS, or beside the user's settings)
  --port N               the port to listen on (default: 8400)
  --host ADDRESS         the address to listen on (default: 127.0.0.1)
  --dicom-port N         the port on which DICOM objects are taken, 0 for any free one (default: 11112, unless it is taken)
  --dicom-ae TITLE       the AE title that senders have to call (default: FIDUCIAL)
  --no-dicom             takes no DICOM objects
  --config FILE          the configuration file (default: fiducial.config.json in the data folder)
  --set SETTING=VALUE    any setting of docs/configuration.md; may be given several times
  --empty                make a new folder without the demonstration
  --organization NAME    what the organization of a new folder is called, which is empty then
  --help                 this text
`;

/** A folder with a name of its own is nobody's demonstration, and production makes none. */
function folderToMake(
  empty: boolean | undefined,
  { organization, mode }: WholeConfiguration,
): { readonly organizationName?: string | undefined; readonly demo?: boolean | undefined } {
  if (organization !== undefined) return { organizationName: organization };
  return empty === true || mode === "production" ? {} : demoFolder;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: "string" },
      keys: { type: "string" },
      port: { type: "string" },
      host: { type: "string" },
      "dicom-port": { type: "string" },
      "dicom-ae": { type: "string" },
      "no-dicom": { type: "boolean" },
      config: { type: "string" },
      set: { type: "string", multiple: true },
      empty: { type: "boolean" },
      organization: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) return say(help);
  for (const name of ["port", "dicom-port"] as const)
    if (!isPort(values[name])) return complain(`--${name} takes a number from 0 to 65535.`, 2);
  const reading = readConfiguration({
    environment: process.env,
    flags: {
      data: values.data,
      keys: values.keys,
      "http.port": numberOf(values.port),
      "http.host": values.host,
      "dicom.port": numberOf(values["dicom-port"]),
      "dicom.aeTitle": values["dicom-ae"],
      organization: values.organization,
    },
    assignments: values.set ?? [],
    file: values.config,
    usualData: defaultDataFolder(),
  });
  const { configuration, problems, data } = reading;
  for (const problem of problems) complain(`${problemLine(problem)} (${problem.code})`, 2);
  if (configuration === undefined) return 2;
  const page = await buildWeb(say);
  const making = folderToMake(values.empty, configuration);
  const dicom = { ...configuration.dicom };
  const isUsual = dicom.port === undefined && values["no-dicom"] !== true && configuration.mode === "local";
  if (isUsual) dicom.port = usualDicomPort;
  if (values["no-dicom"] === true) delete dicom.port;
  const start = (given: WholeConfiguration) =>
    startNode(given, {
      create: true,
      page,
      reading,
      dicomPortTaken: isUsual
        ? (port) => say(`Port ${port} is taken, so no DICOM objects are: choose another with --dicom-port.\n`)
        : undefined,
      open: (options) => openDemonstration({ ...options, ...making }, { progress: tellProgress }),
    }).catch((thrown: Error & { code?: string }) => {
      const url = thrown.code === "FOLDER_IN_USE" ? runningNode(data) : undefined;
      if (url !== undefined) thrown.message += ` It answers at ${url}.`;
      if (thrown instanceof NodeError && thrown.code === "KEYS_IN_USE" && thrown.data["folder"] !== undefined)
        thrown.message += ` It has ${thrown.data["folder"]} open, on ${thrown.data["host"]}.`;
      if (thrown instanceof NodeError && thrown.data["problems"] !== undefined)
        thrown.message += `\n${thrown.data["problems"]}`;
      throw thrown;
    });
  await keepRunning({
    signal: stopSignal(),
    configuration: { ...configuration, dicom },
    start,
    begun: (running, anew) => tellRunning(running, anew, dicom.aeTitle),
  });
  return 0;
}

function tellRunning({ node, server, dicom }: RunningNode, anew: boolean, aeTitle: string): () => void {
  node.folder.announce(server.url);
  if (anew) say("There is room on the disk again: the node was started anew.\n");
  if (dicom !== undefined) say(`DICOM objects are taken on port ${dicom.port} by AE title ${aeTitle}\n`);
  for (const line of startLines(node.folder)) say(`${line}\n`);
  say(`Fiducial is at ${server.url}  (stop with Ctrl+C)\n`);
  return () => node.folder.announce(undefined);
}

function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => stopping.abort(name));
  return stopping.signal;
}

const usualDicomPort = 11_112;

function tellProgress(done: number, total: number): void {
  say(`  demonstration: day ${done} of ${total} told\n`);
}

function isPort(text: string | undefined): boolean {
  return text === undefined || (/^\d{1,5}$/.test(text) && Number(text) <= 65_535);
}

function numberOf(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text);
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
