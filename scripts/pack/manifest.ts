// What a package.json says once its sources have become JavaScript in dist. Node.js, "Packages": exports, imports.

/** A package.json; only the members that packing looks at are named. */
export interface Manifest {
  name: string;
  version: string;
  exports?: Targets;
  imports?: Targets;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  [member: string]: unknown;
}

/** Conditions and subpaths over files, as deep as a package likes. */
export type Targets = string | { [condition: string]: Targets };

/**
 * Returns the manifest to publish: doors lead to dist with their types beside them, what only development needs is gone,
 * and a package with a command brings the Node that runs it (`platformNodes`), as the project itself does.
 */
export function publishedManifest(manifest: Manifest, platformNodes: Record<string, string>): Manifest {
  const { private: _private, devDependencies: _development, scripts: _scripts, exports, imports, ...kept } = manifest;
  const nodes =
    manifest.bin === undefined ? {} : { optionalDependencies: { ...kept.optionalDependencies, ...platformNodes } };
  return {
    ...kept,
    ...(exports === undefined ? {} : { exports: withTypes(exports) }),
    ...(imports === undefined ? {} : { imports: inDist(imports) }),
    ...nodes,
    files: ["dist", ...(manifest.bin === undefined ? [] : ["bin"])],
  };
}

/** Turns `./src/a.ts` into `./dist/a.js`; other files keep their ending. */
export function distPath(target: string): string {
  return target.replace(/^\.\/src\//, "./dist/").replace(/\.tsx?$/, ".js");
}

function inDist(targets: Targets): Targets {
  return typeof targets === "string" ? distPath(targets) : mapTargets(targets, inDist);
}

/** TypeScript takes the first condition that matches, so `types` stands before the file it describes. */
function withTypes(targets: Targets): Targets {
  if (typeof targets !== "string") return mapTargets(targets, withTypes);
  const path = distPath(targets);
  return path.endsWith(".js") ? { types: path.replace(/\.js$/, ".d.ts"), default: path } : path;
}

function mapTargets(targets: Record<string, Targets>, change: (target: Targets) => Targets): Targets {
  return Object.fromEntries(Object.entries(targets).map(([name, target]) => [name, change(target)]));
}
