// fiducial start: serves a data folder until it is told to stop.
import { once } from "node:events";
import { CliError } from "../cli-error.ts";
import type { Call, CommandDeclaration } from "../command.ts";

export const start: CommandDeclaration = {
  name: "start",
  summary: "Serves the data folder over HTTP until interrupted.",
  description: [
    "Opens the data folder and answers on this machine's loopback address: the API, and the public log. Writes its address into the folder, so that other commands know that the folder is in use. Ends with Ctrl+C.",
  ],
  parameters: [],
  options: [
    {
      flags: "--port <number>",
      says: "the port to listen on; 0 takes any free one",
      whole: [0, 65_535],
      default: 8400,
    },
  ],
  json: "one line `{url}` once it answers",
  examples: ["fiducial start --data /srv/fiducial --port 8400"],
  answer: async (call) => {
    const [{ openFolder }, { startServer }] = await Promise.all([
      import("../open-ledger.ts"),
      import("@fiducial/node"),
    ]);
    const { screen, signal, options } = call;
    const node = await openFolder(options, false);
    try {
      const server = await startServer(node, { port: portOf(call), host: "127.0.0.1", demo: false }).catch(
        asPortTaken(call),
      );
      node.folder.announce(server.url);
      screen.say(`Fiducial answers at ${server.url} (stop with Ctrl+C).`);
      screen.data({ url: server.url });
      if (!signal.aborted) await once(signal, "abort");
      node.folder.announce(undefined);
      await server.close();
    } finally {
      await node.close();
    }
    return 0;
  },
};

function portOf({ options }: Call): number {
  return options["port"] as number;
}

function asPortTaken(call: Call): (thrown: NodeJS.ErrnoException) => never {
  return (thrown) => {
    throw thrown.code === "EADDRINUSE" ? new CliError("PORT_TAKEN", { port: portOf(call) }, thrown) : thrown;
  };
}
