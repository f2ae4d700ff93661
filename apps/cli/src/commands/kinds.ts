// fiducial kinds: what can be said on a log.
import type { CommandDeclaration } from "../command.ts";

export const kinds: CommandDeclaration = {
  name: "kinds",
  summary: "Lists what can be said on a log: every kind of statement, with its fields and codes.",
  description: ["Prints the vocabulary of the newest contract, application by application. Needs no data folder."],
  parameters: [],
  json: "one array of `{kind, version, application, nature, by, home, says, open, sealed, refusals, findings, goodForHours}`; open and sealed are JSON Schemas",
  examples: ["fiducial kinds", "fiducial kinds --json"],
  answer: async ({ screen }) => {
    const { vocabulary } = await import("@fiducial/contract");
    const entries = vocabulary();
    screen.data(entries);
    const wide = Math.max(...entries.map(({ kind }) => kind.length));
    let application = "";
    for (const entry of entries) {
      if (entry.application !== application) {
        if (application !== "") screen.say("");
        application = entry.application;
        screen.say(screen.style("bold", application));
      }
      const { kind, version, nature, by, home, says } = entry;
      screen.say(`  ${kind.padEnd(wide)}  ${version}  ${nature.padEnd(11)}  ${home.padEnd(6)}  ${by.join(", ")}`);
      screen.say(`  ${" ".repeat(wide)}     ${screen.style("dim", says)}`);
    }
    return 0;
  },
};
