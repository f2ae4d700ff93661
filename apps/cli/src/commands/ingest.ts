// fiducial ingest: takes files in and registers their studies.
import type { FolderIntakeResult, RegisteredStudy } from "@fiducial/node";
import { type Call, type CommandDeclaration, withLedger } from "../command.ts";
import { count, duration, grouped, short, size } from "../figures.ts";
import type { Ledger } from "../ledger.ts";
import { checkOnlyPath } from "../named-path.ts";
import { organizationOption } from "../options.ts";
import { type IntakeState, intakeLine } from "../progress-line.ts";
import type { Screen } from "../screen.ts";

/** Studies that a summary names; `--json` names all. */
const mostNamed = 20;
const leastRedrawMs = 100;

export const ingest: CommandDeclaration = {
  name: "ingest",
  summary: "Registers DICOM files, study by study.",
  description: [
    "Takes in files, folders with everything below them, and what a DICOMDIR lists; fingerprints each object, keeps a copy, and makes one statement for each study. Makes the data folder when there is none.",
    "What cannot be read or is no DICOM object is listed, and the rest goes on; a path that is not there is wrong use when it is the only one. So is a file that a DICOMDIR lists and that is not there (LISTED_FILE_MISSING), when the DICOMDIR was named; what one in a folder lists in vain is told as missing, and everything that is there is taken. Objects that were registered before are not registered again, so the same folder may be given any number of times. After an interrupt, what was taken is registered and nothing more is taken.",
  ],
  parameters: [{ syntax: "<path...>", says: "files, folders, DICOMDIRs" }],
  options: [organizationOption],
  json: "one line for each study as it is registered, `{study, statementId, index, instances, known, versions?, findings}`, and last `{instances, studies, known, versions, refused: [{file, code, message}], missing: [file]}`; missing is what DICOMDIRs in folders list and is not there",
  examples: ["fiducial ingest /media/cdrom", "fiducial ingest scans/*.dcm --json"],
  answer: async (call) => {
    checkOnlyPath(call.given[0] as readonly string[]);
    return withLedger(call, (ledger) => run(call, ledger), true);
  },
};

async function run(call: Call, ledger: Ledger) {
  const { screen, signal } = call;
  const [paths] = call.given as [readonly string[]];
  const started = performance.now();
  let current: IntakeState = { done: 0, total: undefined, refused: 0, read: 0, studies: 0, elapsedMs: 0 };
  let drawn = 0;
  let takenBytes = 0;
  const draw = (change: Partial<IntakeState>) => {
    current = { ...current, ...change, elapsedMs: performance.now() - started };
    if (current.elapsedMs - drawn < leastRedrawMs) return;
    drawn = current.elapsedMs;
    screen.progress(intakeLine(current, screen.columns));
  };
  const result = await ledger.ingest(paths, {
    signal,
    counted: screen.watched,
    progress: ({ done, total, refused, bytes, read }) => {
      takenBytes = bytes;
      draw({ done, total, refused, read });
    },
    study: (registered) => {
      draw({ studies: current.studies + 1 });
      screen.data(registered);
    },
  });
  screen.progress(undefined);
  report(call, result, performance.now() - started, takenBytes);
  return result.refused.length === 0 ? 0 : 1;
}

function report({ screen, signal }: Call, result: FolderIntakeResult, elapsedMs: number, bytes: number): void {
  const { studies, instances, known, refused, missing } = result;
  for (const study of studies.slice(0, mostNamed)) screen.say(studyLine(screen, study));
  if (studies.length > mostNamed)
    screen.say(`… and ${count(studies.length - mostNamed, "more study", "more studies")}: --json names all`);
  for (const { file, code, message } of refused)
    screen.complain(`${screen.style("red", "✗")} ${file}: ${message} (${code})`);
  for (const file of missing.slice(0, mostNamed))
    screen.complain(`${screen.style("yellow", "!")} ${file}: listed by a DICOMDIR, and not there`);
  if (missing.length > mostNamed)
    screen.complain(`… and ${count(missing.length - mostNamed, "more missing file")}: --json names all`);
  const amount = bytes === 0 ? "" : `, ${size(bytes)}`;
  const before = known === 0 ? "" : `; ${count(known, "object")} known already`;
  const not = refused.length === 0 ? "" : `; ${count(refused.length, "file")} refused`;
  if (studies.length + refused.length === 0 && !signal.aborted) screen.say("There is no file in what was named.");
  screen.say(
    `Registered ${count(instances, "object")} of ${count(studies.length, "study", "studies")} in ${duration(elapsedMs)}${amount}${before}${not}.`,
  );
  const versions = studies.reduce((sum, study) => sum + (study.versions ?? 0), 0);
  if (versions > 0)
    screen.say(
      `${grouped(versions)} of them ${versions === 1 ? "is a version of a registered object" : "are versions of registered objects"}: the same but for encoding, or what an archive may change.`,
    );
  if (signal.aborted) screen.say("Stopped before the end. Give the same paths again to go on.");
  screen.data({ instances, studies: studies.length, known, versions, refused, missing });
}

function studyLine({ terminal }: Screen, { study, index, instances, known, findings }: RegisteredStudy): string {
  const before = known === 0 ? "" : `, ${count(known, "object")} known already`;
  const marks = findings.length === 0 ? "" : `  ${findings.join(" ")}`;
  return `  study ${terminal ? short(study) : study}  entry ${index}  ${count(instances, "object")} registered${before}${marks}`;
}
