// fiducial devices list: which devices are registered.
import type { CommandDeclaration } from "../command.ts";
import { withNode } from "../with-node.ts";

export const devicesList: CommandDeclaration = {
  name: "devices list",
  summary: "Lists the organization's registered devices.",
  description: ["With what the vault keeps of each."],
  parameters: [],
  json: "one line for each, `{actor, index, retired, name, manufacturer?, model?, serial?, station?}`",
  examples: ["fiducial devices list"],
  answer: (call) =>
    withNode(call, async (node) => {
      const { screen } = call;
      const devices = await node.operations.devices.list();
      for (const device of devices) {
        screen.data(device);
        const { actor, name, manufacturer, model, serial, retired } = device;
        const described = [manufacturer, model, serial].filter((part) => part !== undefined).join(" ");
        screen.say(`${actor}  ${name}${described === "" ? "" : `  (${described})`}${retired ? "  retired" : ""}`);
      }
      if (devices.length === 0) screen.say("None yet.");
      return 0 as const;
    }),
};
