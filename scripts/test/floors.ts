// The same room on every floor: each application of the contract has its folder on every floor that has rooms.

import { existsSync, readdirSync } from "node:fs";
import { join, parse } from "node:path";

/** The floors above the contract; a room is a folder or, where one file is enough, a file of the application's name. */
const floors = ["packages/projection/src", "apps/node/src/routes", "apps/web/src/features"];

/** Returns a sentence for each application that lacks its room on a floor; a floor without any room is not built yet. */
export function checkFloors(root: string): string[] {
  const contract = join(root, "packages/contract/src");
  const applications = folders(contract).filter((name) => !["kernel", "versions"].includes(name));
  return floors.flatMap((floor) => {
    const rooms = new Set(names(join(root, floor)));
    if (!applications.some((application) => rooms.has(application))) return [];
    const missing = applications.filter((application) => !rooms.has(application));
    return missing.map((application) => `${floor} has no room for the application '${application}'`);
  });
}

function folders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
}

function names(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).map((name) => parse(name).name) : [];
}
