// The program behind bin/fiducial: runs the command line, then lets the process end by itself, so that pipes are written out.
import { reportFailure } from "./failure.ts";
import { run } from "./program.ts";
import { tolerateClosedPipes } from "./terminal.ts";

const given = process.argv.slice(2);
const json = given.includes("--json");

tolerateClosedPipes();
process.on("uncaughtException", (thrown) => process.exit(reportFailure(thrown, json)));
try {
  process.exitCode = await run(given);
} catch (thrown) {
  process.exitCode = reportFailure(thrown, json);
}
