// fiducial start: serves a data folder, and the page where it is built, until it is told to stop.
import { once } from "node:events";
import type { DimseListener, OpenNode } from "@fiducial/node";
import { tellChangedFile } from "../changed-file.ts";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";

export const start: CommandDeclaration = {
  name: "start",
  summary: "Serves the data folder over HTTP until interrupted.",
  description: [
    "Opens the data folder and answers on this machine's loopback address: the API, the public log, and the page where it has been built. Writes its address into the folder, so that other commands know that the folder is in use. Ends with Ctrl+C.",
    "With --dicom-port it also takes DICOM objects that others send with C-STORE, and answers C-ECHO, on the loopback address as well. What is sent is registered when its study has settled.",
    "With --demo a folder that is not there yet is made, and filled with a demonstration: the devices of a small hospital and the studies of three patients, all invented. A folder that is there stays what it is.",
  ],
  parameters: [],
  options: [
    {
      flags: "--port <number>",
      says: "the port to listen on; 0 takes any free one",
      whole: [0, 65_535],
      default: 8400,
    },
    {
      flags: "--dicom-port <number>",
      says: "take DICOM objects on this port, 11112 by custom; 0 takes any free one (default: none)",
      whole: [0, 65_535],
    },
    { flags: "--dicom-ae <title>", says: "the AE title that senders have to call (default: FIDUCIAL)" },
    { flags: "--demo", says: "make a missing folder, with invented data in it" },
    { flags: "--page <folder>", says: "the built page (default: the last one built in this repository, if any)" },
  ],
  json: "one line `{url, dicomPort?}` once it answers",
  examples: [
    "fiducial start --data /srv/fiducial --port 8400",
    "fiducial start --data /srv/fiducial --dicom-port 11112 --dicom-ae ARCHIVE",
    "fiducial start --data /tmp/demonstration --demo",
  ],
  answer: async (call) => {
    const [{ openFolder }, { startServer, demoFolder }, { builtPage }] = await Promise.all([
      import("../open-ledger.ts"),
      import("@fiducial/node"),
      import("../built-page.ts"),
    ]);
    const { screen, signal, options } = call;
    const page = builtPage(options["page"] as string | undefined);
    const node = await (options["demo"] === true ? openFolder(options, true, demoFolder) : openFolder(options, false));
    let dicom: DimseListener | undefined;
    try {
      dicom = await receiveDicom(node, call);
      const server = await startServer(node, { port: portOf(call), host: "127.0.0.1", page }).catch(asPortTaken(call));
      node.folder.announce(server.url);
      await fillDemo(node, call);
      screen.say(`Fiducial answers at ${server.url} (stop with Ctrl+C).`);
      if (page === undefined) screen.say("The page is not built here: 'npm start' in the repository builds it.");
      screen.data({ url: server.url, ...(dicom && { dicomPort: dicom.port }) });
      lookAtSeal(node, signal);
      if (!signal.aborted) await once(signal, "abort");
      node.folder.announce(undefined);
      await server.close();
    } finally {
      await dicom?.close();
      await node.close();
    }
    return 0;
  },
};

async function receiveDicom(node: OpenNode, call: Call): Promise<DimseListener | undefined> {
  const { options, screen } = call;
  const port = options["dicomPort"] as number | undefined;
  if (port === undefined) return undefined;
  const { startDimse } = await import("@fiducial/node");
  const aeTitle = (options["dicomAe"] as string | undefined) ?? "FIDUCIAL";
  const listener = await startDimse(node, { port, aeTitle }).catch(asPortTaken(call, port, "--dicom-port"));
  screen.say(`DICOM objects are taken on port ${listener.port} by AE title ${aeTitle}.`);
  return listener;
}

// In the background: reading a large ledger takes longer than anybody waits for a start.
function lookAtSeal(node: OpenNode, signal: AbortSignal): void {
  const stopped = () => {};
  node.store.checkSeal(signal).then(() => tellChangedFile(node), stopped);
}

// Also when a first start was cut off before anything was registered.
async function fillDemo(node: OpenNode, { screen, options }: Call): Promise<void> {
  const { demoMorning, isDemoWaiting, registerDemo } = await import("@fiducial/node");
  if (isDemoWaiting(node)) {
    await registerDemo(node, demoMorning(Date.now()), (done, total) => {
      screen.say(`Demonstration: study ${done} of ${total} registered.`);
    });
  } else if (options["demo"] === true && node.identity.demo !== true) {
    screen.say("The folder was there before and holds no demonstration; nothing was added.");
  }
}

function portOf({ options }: Call): number {
  return options["port"] as number;
}

function asPortTaken(call: Call, port = portOf(call), option = "--port"): (thrown: NodeJS.ErrnoException) => never {
  return (thrown) => {
    throw thrown.code === "EADDRINUSE" ? new CliError("PORT_TAKEN", { port, option }, thrown) : thrown;
  };
}
