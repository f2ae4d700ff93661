// Which packages an installed Fiducial has, and in which folder each lies: read off package-lock.json. package-lock.json, version 3.

/** As much of a lock file as is read here. */
export interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly resolved?: string;
  /** A word, or a list of words. */
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: string | readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A package of others at its place. */
export interface PlacedPackage {
  /** `node_modules/a/node_modules/b`. */
  readonly path: string;
  readonly name: string;
  readonly version: string;
  /** Subresource Integrity, as the lock file has it. */
  readonly integrity: string;
  /** The processors that it is for; all, when empty. */
  readonly cpu: readonly string[];
}

/** Lists what the workspaces `roots` need on Linux with glibc, themselves not included. Throws when the lock file lacks something. */
export function installedLayout(
  { packages }: LockFile,
  roots: readonly string[],
  cpus: readonly string[],
): PlacedPackage[] {
  const found = new Map<string, PlacedPackage>();
  const queue = roots.map((root) => ({ path: root, needs: needsOf(packages[root] ?? missing(root)) }));
  for (const { path, needs } of queue) {
    for (const [name, isOptional] of needs) {
      const place = resolved(packages, path, name);
      if (place === undefined && isOptional) continue;
      const at = place ?? missing(`${name}, which ${path} needs`);
      const locked = packages[at] ?? missing(at);
      if (locked.link === true || found.has(at) || !isForLinux(locked, cpus)) continue;
      found.set(at, placed(at, locked));
      queue.push({ path: at, needs: needsOf(locked) });
    }
  }
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function needsOf({
  dependencies = {},
  optionalDependencies = {},
  peerDependencies = {},
}: LockedPackage): [string, boolean][] {
  return [
    ...Object.keys(dependencies).map((name): [string, boolean] => [name, name in optionalDependencies]),
    ...Object.keys({ ...optionalDependencies, ...peerDependencies }).map((name): [string, boolean] => [name, true]),
  ];
}

// Node's way: from the folder of whoever imports upwards.
function resolved(packages: LockFile["packages"], from: string, name: string): string | undefined {
  const folders = [from];
  while (folders.at(-1) !== "") folders.push(parentOf(folders.at(-1) ?? ""));
  const places = folders.map((folder) => `${folder === "" ? "" : `${folder}/`}node_modules/${name}`);
  return places.find((place) => packages[place] !== undefined);
}

function parentOf(folder: string): string {
  return folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")));
}

function isForLinux({ os = [], cpu = [], libc = [] }: LockedPackage, cpus: readonly string[]): boolean {
  const isOurs = (list: string | readonly string[], wanted: readonly string[]) =>
    list.length === 0 || wanted.some((one) => [list].flat().includes(one));
  return isOurs(os, ["linux"]) && isOurs(cpu, cpus) && isOurs(libc, ["glibc"]);
}

function placed(path: string, { version, integrity, cpu = [] }: LockedPackage): PlacedPackage {
  if (version === undefined || integrity === undefined) return missing(`version and integrity of ${path}`);
  return { path, name: path.split("node_modules/").at(-1) ?? "", version, integrity, cpu: [cpu].flat() };
}

function missing(what: string): never {
  throw new Error(`package-lock.json lacks ${what}`);
}
