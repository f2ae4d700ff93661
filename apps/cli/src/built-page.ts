// The page that a node serves: the folder that is named, else the last one built in the repository that this command runs from.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { CliError } from "./cli-error.ts";

/** Returns the folder of the built page, or undefined where none is built. Throws PATH_UNREADABLE when the folder that was named holds no page. */
export function builtPage(named: string | undefined, root: string = repository): string | undefined {
  if (named !== undefined) {
    if (!holdsPage(named)) throw new CliError("PATH_UNREADABLE", { path: named });
    return named;
  }
  const builds = join(root, "build", "web");
  if (!existsSync(builds)) return undefined;
  // A name with a dot is a build that is under way, or was cut off.
  const finished = readdirSync(builds).filter((name) => !name.includes(".") && holdsPage(join(builds, name)));
  const [newest] = finished.map((name) => join(builds, name)).sort((a, b) => builtAt(b) - builtAt(a));
  return newest;
}

const repository = join(import.meta.dirname, "..", "..", "..");

function holdsPage(folder: string): boolean {
  return existsSync(join(folder, "index.html"));
}

function builtAt(folder: string): number {
  return statSync(join(folder, "index.html")).mtimeMs;
}
