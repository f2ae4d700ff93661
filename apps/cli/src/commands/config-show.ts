// fiducial config show: every setting with its value, and where that comes from.
import type { CommandDeclaration } from "../command.ts";
import { complain, readingOf, tellUnknown, wrong } from "../configuration.ts";
import { configurationOptions } from "../configuration-options.ts";

export const configShow: CommandDeclaration = {
  name: "config show",
  summary: "Shows every setting with its value, and who gave it.",
  description: [
    "Secrets are no settings and are never shown: only the files that hold them, and whether the environment has one. With --given what is as it is by default is left out.",
  ],
  parameters: [],
  options: [
    ...configurationOptions,
    { flags: "--given", says: "only what the file, the environment or the command line gives" },
  ],
  json: "one line a setting `{path, value?, source, where?}`; source is default, file, environment or command line",
  examples: ["fiducial config show", "fiducial config show --given --data /srv/fiducial"],
  answer: async (call) => {
    const { screen, options } = call;
    const reading = await readingOf(call);
    const { effective, problems, configuration } = reading;
    const rows = effective.filter(({ source }) => options["given"] !== true || source !== "default");
    const width = Math.max(0, ...rows.map(({ path }) => path.length));
    for (const row of rows) {
      screen.data(row);
      const value =
        row.value === undefined ? "-" : typeof row.value === "string" ? row.value : JSON.stringify(row.value);
      screen.say(
        `${row.path.padEnd(width)}  ${value}  ${screen.style("dim", row.where === undefined ? row.source : `${row.source}, ${row.where}`)}`,
      );
    }
    await tellUnknown(call, reading);
    if (configuration !== undefined) return 0;
    await complain(call, problems);
    throw wrong(problems);
  },
};
