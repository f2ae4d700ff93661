// fiducial start: serves a data folder, and the page where it is built, until it is told to stop.
import { resolve } from "node:path";
import type { NodeOptions, OpenNode, RunningNode } from "@fiducial/node";
import { tellChangedFile } from "../changed-file.ts";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";
import { configurationOf } from "../configuration.ts";
import { configurationOptions } from "../configuration-options.ts";

export const start: CommandDeclaration = {
  name: "start",
  summary: "Serves the data folder over HTTP until interrupted.",
  description: [
    "Opens the data folder and serves it: the API, the public log, and the page where it has been built; on this machine's loopback address unless the configuration says otherwise. Tells where data and keys are, and what to export for other commands when the folder is not the usual one. Writes its address into the folder, so that other commands know that the folder is in use. Ends with Ctrl+C. A node whose ledger a full disk has stopped is started anew by itself when there is room again.",
    "Settings come from `fiducial.config.json` in the data folder or the file of --config, from the environment, and from the command line, which goes first: docs/configuration.md. SIGHUP opens the log file anew and reads the certificate.",
    "With --dicom-port it also takes DICOM objects that others send with C-STORE, and answers C-ECHO. What is sent is registered when its study has settled.",
    "With --demo a folder that is not there yet is made, and filled with a demonstration: a small hospital with its people, devices and patients and a fortnight of their doings, all invented. That takes a while, before anything is served. A folder that is there stays what it is.",
  ],
  parameters: [],
  options: [...configurationOptions, { flags: "--demo", says: "make a missing folder, with invented data in it" }],
  json: "one line `{url, dicomPort?, folder, keys}` once it answers",
  examples: [
    "fiducial start --data /srv/fiducial --port 8400",
    "fiducial start --data /srv/fiducial --dicom-port 11112 --dicom-ae ARCHIVE",
    "fiducial start --data /tmp/demonstration --demo",
    "fiducial start --config /etc/fiducial/fiducial.config.json",
  ],
  answer: async (call) => {
    const { builtPage } = await import("../built-page.ts");
    const { screen, signal } = call;
    const { configuration, reading } = await configurationOf(call);
    const page = builtPage(configuration.http.page);
    const { keepRunning, startLines } = await import("@fiducial/node");
    await keepRunning({
      signal,
      configuration,
      start: (given) => started(call, given, reading, page),
      begun: (running, anew) => {
        running.node.folder.announce(running.server.url);
        if (anew) screen.say("There is room on the disk again: the node was started anew.");
        else tellStart(running, call, configuration, page, startLines(running.node.folder));
        lookAtSeal(running.node, signal);
        const reload = reloading(running);
        return () => {
          running.node.folder.announce(undefined);
          reload.stop();
        };
      },
    });
    return 0;
  },
};

function tellStart(
  { node, server, dicom }: RunningNode,
  call: Call,
  configuration: Read["configuration"],
  page: string | undefined,
  folders: readonly string[],
): void {
  const { screen } = call;
  tellNoDemo(node, call);
  screen.say(`Fiducial answers at ${server.url} (stop with Ctrl+C).`);
  if (page === undefined) screen.say("The page is not built here: 'npm start' in the repository builds it.");
  if (dicom !== undefined)
    screen.say(`DICOM objects are taken on port ${dicom.port} by AE title ${configuration.dicom.aeTitle}.`);
  for (const line of folders) screen.say(line);
  const { path, keys } = node.folder;
  screen.data({ url: server.url, ...(dicom && { dicomPort: dicom.port }), folder: path, keys: resolve(keys) });
}

type Read = Awaited<ReturnType<typeof configurationOf>>;

async function started(
  call: Call,
  configuration: Read["configuration"],
  reading: Read["reading"],
  page: string | undefined,
): Promise<RunningNode> {
  const [{ openFolder }, { startNode, openDemonstration, demoFolder, NodeError }] = await Promise.all([
    import("../open-ledger.ts"),
    import("@fiducial/node"),
  ]);
  const { options, screen, signal } = call;
  const isDemo = options["demo"] === true;
  const start = {
    // Whoever says what the organization is called wants a folder of that name.
    create: isDemo || configuration.organization !== undefined,
    page,
    reading,
    ...(isDemo ? { demo: true } : {}),
    open: ({ organizationName = isDemo ? demoFolder.organizationName : undefined, ...given }: NodeOptions) =>
      openDemonstration(
        { ...given, organizationName },
        {
          open: ({ data, keys, threads, create = false, ...making }) =>
            openFolder({ ...options, data, ...(keys && { keys }), ...(threads && { threads }) }, create, making),
          progress: (done, total) => screen.say(`Demonstration: day ${done} of ${total} told.`),
          signal,
        },
      ),
  };
  return startNode(configuration, start).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown instanceof NodeError && thrown.code === "CONFIGURATION_REFUSED")
      for (const line of String(thrown.data["problems"] ?? "").split("\n")) call.screen.complain(line);
    throw thrown.code === "EADDRINUSE" ? portTaken(thrown, configuration) : thrown;
  });
}

// The system names the port that it does not give.
function portTaken(
  thrown: NodeJS.ErrnoException & { port?: number },
  { http, dicom }: Read["configuration"],
): CliError {
  const { port } = thrown;
  if (port !== undefined && port === dicom.port && port === http.port)
    return new CliError("PORT_TWICE", { port }, thrown);
  if (port !== undefined && port === dicom.port && port !== http.port)
    return new CliError("PORT_TAKEN", { port, option: "--dicom-port" }, thrown);
  return new CliError("PORT_TAKEN", { port: http.port, option: "--port" }, thrown);
}

// Whoever closes a terminal wants the program to end; elsewhere SIGHUP asks to read files again.
function reloading({ reload }: RunningNode): { stop(): void } {
  if (process.stdout.isTTY === true) return { stop: () => {} };
  process.on("SIGHUP", reload);
  return { stop: () => void process.off("SIGHUP", reload) };
}

// In the background: reading a large ledger takes longer than anybody waits for a start.
function lookAtSeal(node: OpenNode, signal: AbortSignal): void {
  const stopped = () => {};
  node.store.checkSeal(signal).then(() => tellChangedFile(node), stopped);
}

function tellNoDemo({ identity }: OpenNode, { screen, options }: Call): void {
  if (options["demo"] === true && identity.demo !== true)
    screen.say("The folder was there before and holds no demonstration; nothing was added.");
}
