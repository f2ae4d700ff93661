// fiducial config check: whether a node would start with its configuration, and every reason why not.
import type { CommandDeclaration } from "../command.ts";
import { complain, readingOf, tellUnknown, wrong } from "../configuration.ts";
import { configurationOptions } from "../configuration-options.ts";
import { count } from "../figures.ts";

export const configCheck: CommandDeclaration = {
  name: "config check",
  summary: "Tells everything that is wrong with the configuration, and changes nothing.",
  description: [
    "Reads the configuration as `start` does. When it can be read, looks at what it names: files and folders are there and may be read or written, certificates are valid and belong to their keys, nothing else listens at the ports, and in production mode everything that production asks for.",
    "A setting, a role or any other word of a list that is mistyped is told with the one that was probably meant. Variables FIDUCIAL_… that are no setting are told and passed over: they change no exit status, since programs that start others set some of their own.",
    "The exit status is 0 when all is well, 1 when a start would fail or be refused, 2 when the configuration itself is wrong.",
  ],
  parameters: [],
  options: [...configurationOptions, { flags: "--online", says: "ask the issuer for its description too" }],
  json: "one line `{ok, file: … | null, problems: [{code, setting?, where?, given?, allowed?, nearest?}], unknownVariables: [{name, nearest?}]}`",
  examples: ["fiducial config check", "fiducial config check --config ./fiducial.config.json --online --json"],
  answer: async (call) => {
    const { screen, options } = call;
    const { checkConfiguration, runningNode } = await import("@fiducial/node/configuration");
    const reading = await readingOf(call);
    const { configuration, file } = reading;
    const found =
      configuration === undefined
        ? reading.problems
        : await checkConfiguration(configuration, {
            file,
            online: options["online"] === true,
            isRunning: runningNode(configuration.data) !== undefined,
          });
    screen.data({
      ok: found.length === 0,
      file: file ?? null,
      problems: found,
      unknownVariables: reading.unknownVariables,
    });
    await tellUnknown(call, reading);
    await complain(call, found);
    if (configuration === undefined) throw wrong(found);
    if (found.length > 0) return 1;
    const passed = reading.unknownVariables.length;
    const but = passed === 0 ? "" : `, but ${count(passed, "variable is", "variables are")} no setting (see above)`;
    screen.say(`All is well${file === undefined ? "; there is no configuration file" : ` with ${file}`}${but}.`);
    return 0;
  },
};
