// fiducial devices add: registers a device, so that studies name what acquired them.
import type { CommandDeclaration } from "../command.ts";
import { withNode } from "../with-node.ts";

export const devicesAdd: CommandDeclaration = {
  name: "devices add",
  summary: "Registers a device of the organization.",
  description: [
    "Images whose headers give this manufacturer, model and serial number together are registered as acquired by it: all three are needed, as the headers have them, and images without one of them name no device. The description goes to the vault only.",
  ],
  parameters: [],
  options: [
    { flags: "--name <name>", says: "what people call it", required: true },
    { flags: "--manufacturer <text>", says: "as in the images, (0008,0070)", required: true },
    { flags: "--model <text>", says: "as in the images, (0008,1090)", required: true },
    { flags: "--serial <text>", says: "as in the images, (0018,1000)", required: true },
    { flags: "--station <text>", says: "as in the images, (0008,1010)" },
  ],
  json: "one line `{actor}`",
  examples: ["fiducial devices add --name 'CT 2' --manufacturer Maker --model M1 --serial 77 --station CT2"],
  answer: (call) =>
    withNode(call, async (node) => {
      const { options, screen } = call;
      const text = (name: string) => options[name] as string;
      const actor = await node.operations.devices.add({
        name: text("name"),
        manufacturer: text("manufacturer"),
        model: text("model"),
        serial: text("serial"),
        station: options["station"] as string | undefined,
      });
      screen.data({ actor });
      screen.say(`Device ${options["name"]} registered as ${actor}.`);
      return 0 as const;
    }),
};
