// The entries a lock file lacks when the registry holds no binaries for foreign platforms. package-lock.json, version 3.

/** One package as the lock file has it; only the members that matter here are named. */
export interface LockEntry {
  version?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  os?: string | string[];
  cpu?: string | string[];
  libc?: string | string[];
  optionalDependencies?: Record<string, string>;
  [member: string]: unknown;
}

/** A lock file: entries by their place in the tree ("" is the project). */
export interface Lock {
  packages: Record<string, LockEntry>;
  [member: string]: unknown;
}

/** What a package name says of the machines it is for. */
export interface Platform {
  os?: string[];
  cpu?: string[];
  libc?: string[];
}

/**
 * Returns the lock with an entry for every optional dependency that has none and without registry addresses, entries
 * in npm's order. Throws when a name does not tell its platform or a range does not tell its version.
 */
export function completeLock(lock: Lock): Lock {
  const packages: Record<string, LockEntry> = {};
  for (const [place, entry] of Object.entries(lock.packages)) packages[place] = withoutAddress(entry);
  for (const missing of missingEntries(lock)) packages[missing.place] = missing.entry;
  const places = Object.keys(packages).sort((a, b) => a.localeCompare(b, "en"));
  return { ...lock, packages: Object.fromEntries(places.map((place) => [place, packages[place] ?? {}])) };
}

/** Returns the entries `npm ci` would miss, each with its place in the tree. Throws as completeLock does. */
export function missingEntries(lock: Lock): { place: string; entry: LockEntry }[] {
  return Object.entries(lock.packages).flatMap(([dependent, { optionalDependencies, dev }]) =>
    Object.entries(optionalDependencies ?? {}).flatMap(([name, range]) => {
      const found = lookUp(lock, dependent, name);
      if (found !== undefined && satisfies(found, range)) return [];
      const place = placeIn(found === undefined ? (foldersAbove(dependent)[1] ?? "") : dependent, name);
      const version = exactVersion(name, range);
      return [{ place, entry: { version, ...platformOf(name), ...(dev === true ? { dev } : {}), optional: true } }];
    }),
  );
}

/** Lists the places whose entry names a registry's address; links between workspaces are none. */
export function registryAddresses(lock: Lock): string[] {
  return Object.entries(lock.packages).flatMap(([place, entry]) => (hasAddress(entry) ? [place] : []));
}

/** Reads os, cpu and libc out of a name such as `binding-linux-arm64-musl`. Throws when it tells none. */
export function platformOf(name: string): Platform {
  const words = name.split(/[-/.]/);
  const os = words.find((word) => systems.has(word)) ?? (name === "fsevents" ? "darwin" : undefined);
  const cpu = words.find((word) => processors.has(word));
  if (os === undefined && cpu === undefined) throw new Error(`cannot tell for which platform '${name}' is`);
  const libc = words.includes("musl") ? "musl" : words.includes("gnu") ? "glibc" : undefined;
  return {
    ...(os === undefined ? {} : { os: [os] }),
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(libc === undefined ? {} : { libc: [libc] }),
  };
}

/** Finds a package the way Node does: in the dependent's own node_modules, then in each above it. */
function lookUp(lock: Lock, dependent: string, name: string): LockEntry | undefined {
  const places = foldersAbove(dependent).map((folder) => placeIn(folder, name));
  return places.map((place) => lock.packages[place]).find((entry) => entry !== undefined);
}

/** Lists the folders whose node_modules a package sees: its own, then upward to the project's (""). */
function foldersAbove(dependent: string): string[] {
  if (dependent === "") return [""];
  const start = dependent.lastIndexOf("node_modules/");
  return [dependent, ...foldersAbove(start < 1 ? "" : dependent.slice(0, start - 1))];
}

function placeIn(folder: string, name: string): string {
  return folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
}

/** npm itself has matched ranges; only an exact version can be seen to be another one. */
function satisfies(found: LockEntry, range: string): boolean {
  return found.link === true || found.version === range || !/^\d+\.\d+\.\d+$/.test(range);
}

function exactVersion(name: string, range: string): string {
  const version = /^[\^~=v]?(\d+\.\d+\.\d+\S*)$/.exec(range)?.[1];
  if (version === undefined) throw new Error(`cannot tell the version of '${name}' from '${range}'`);
  return version;
}

function withoutAddress(entry: LockEntry): LockEntry {
  if (!hasAddress(entry)) return entry;
  const { resolved: _, ...rest } = entry;
  return rest;
}

function hasAddress(entry: LockEntry): boolean {
  return typeof entry.resolved === "string" && /^[a-z+]+:\/\//.test(entry.resolved);
}

const systems = new Set("aix android darwin freebsd linux netbsd openbsd openharmony sunos win32".split(" "));
const processors = new Set("arm arm64 ia32 loong64 mips64el ppc64 riscv64 s390x wasm32 x64".split(" "));
