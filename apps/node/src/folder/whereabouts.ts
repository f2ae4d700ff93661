// Where a node's data and keys are, for people who look for them.
import { resolve } from "node:path";
import { type DataFolder, defaultDataFolder, defaultKeysFolder, keysPlace } from "./data-folder.ts";

/** What whoever starts a node is told: its folders, and how other commands find those that are not the usual ones. */
export function startLines({ path, keys, identity }: Pick<DataFolder, "path" | "keys" | "identity">): string[] {
  const isUsual = path === resolve(defaultDataFolder());
  const exports = [
    ...(isUsual ? [] : [`FIDUCIAL_DATA=${quoted(path)}`]),
    ...(resolve(keys) === resolve(defaultKeysFolder(identity)) ? [] : [`FIDUCIAL_KEYS=${quoted(resolve(keys))}`]),
  ];
  return [
    `Data: ${path}`,
    `Keys: ${resolve(keys)}`,
    ...(exports.length === 0 ? [] : [`For other commands: export ${exports.join(" ")}`]),
  ];
}

/** Where a data folder, and keys of one whose log is not known, are looked for: full paths. */
export function lookedIn({ data, keys }: { readonly data?: string | undefined; readonly keys?: string | undefined }): {
  readonly folder: string;
  readonly keys: string;
} {
  return { folder: resolve(data ?? defaultDataFolder()), keys: resolve(keys ?? keysPlace()) };
}

// As a POSIX shell takes it.
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
