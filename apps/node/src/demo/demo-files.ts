// Copies that a visitor of the demonstration may try: on the page Verify, or with the command.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OpenNode } from "../compose.ts";
import { copyOf } from "./copies.ts";
import type { Happening } from "./deed.ts";
import type { Visit } from "./visits.ts";

const note = `Demo data: drawn by a program. No person was imaged.

Drop these files on the page Verify, or give them to the command: fiducial verify FILE

altered-copy.dcm         A slice of a CT of the head from which what had been found in it was erased.
header-changed-copy.dcm  A radiograph as the archive hands it out: something was added to its header, no sample is changed.
`;

/** Where they are. */
export function demoFilesFolder({ folder }: Pick<OpenNode, "folder">): string {
  return join(folder.path, "demo-files");
}

/** Writes them: a copy of the story's altered study, and one of the newest radiograph. */
export function writeDemoFiles(node: Pick<OpenNode, "folder">, story: readonly Happening[]): void {
  const folder = demoFilesFolder(node);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const visits = story.flatMap(({ deed }) => (deed.does === "objects-arrive" ? [deed.visit] : []));
  const write = (name: string, visit: Visit | undefined, copy: "altered" | "from-pacs") => {
    if (visit !== undefined) writeFileSync(join(folder, name), copyOf(visit, copy).bytes);
  };
  write(
    "altered-copy.dcm",
    visits.find(({ special }) => special === "altered"),
    "altered",
  );
  write(
    "header-changed-copy.dcm",
    visits.findLast(({ phantom }) => phantom === "cr-chest"),
    "from-pacs",
  );
  writeFileSync(join(folder, "README.txt"), note);
}
