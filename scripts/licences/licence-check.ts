// Whether every package that ships has a licence that may ship. SPDX 3.0 annex B, as far as package.json files use it.

import type { LicenceException } from "./allowed-licences.ts";
import type { BundledLibrary } from "./bundled-libraries.ts";

/** A package as package-lock.json has it. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** Empty when the package names none. */
  readonly licence: string;
}

interface LockEntry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly link?: boolean;
}

/** Lists the packages of a lock file that an installed Fiducial has: all but those for development alone. package-lock.json, version 3. */
export function shippedPackages(lock: { readonly packages: Readonly<Record<string, LockEntry>> }): ShippedPackage[] {
  return Object.entries(lock.packages).flatMap(([path, entry]) => {
    const name = path.split("node_modules/").at(-1) ?? "";
    const ships = path.includes("node_modules/") && entry.link !== true && entry.dev !== true;
    return ships && entry.devOptional !== true
      ? [{ name, version: entry.version ?? "", licence: entry.license ?? "" }]
      : [];
  });
}

/** Returns a sentence for each package and library whose licence may not ship, and for each exception that nothing needs. */
export function licenceFaults(
  packages: readonly ShippedPackage[],
  libraries: readonly BundledLibrary[],
  allowed: ReadonlySet<string>,
  exceptions: readonly LicenceException[],
): string[] {
  const needed = new Set<LicenceException>();
  const ofPackages = packages.flatMap(({ name, version, licence }) => {
    if (isAllowed(licence, allowed)) return [];
    const exception = exceptions.find((one) => one.name === name && one.licence === licence);
    if (exception === undefined) return [`${name}@${version} has the licence '${licence}', which is not allowed`];
    needed.add(exception);
    return [];
  });
  const ofLibraries = libraries.flatMap(({ inside, name, licence, reason }) => {
    if (!packages.some((one) => one.name === inside))
      return [`${name} is said to be inside ${inside}, which does not ship`];
    return isAllowed(licence, allowed) || reason !== undefined
      ? []
      : [`${name} has the licence '${licence}', and no reason is given`];
  });
  const unneeded = exceptions.filter((one) => !needed.has(one));
  return [...ofPackages, ...ofLibraries, ...unneeded.map(({ name }) => `no package needs the exception for ${name}`)];
}

/** Tells whether an SPDX expression of identifiers, AND, OR and one pair of parentheses around it all is allowed. */
export function isAllowed(expression: string, allowed: ReadonlySet<string>): boolean {
  const bare = expression.replace(/^\((.*)\)$/, "$1");
  if (bare.includes(" OR ")) return bare.split(" OR ").some((part) => isAllowed(part, allowed));
  return bare.split(" AND ").every((identifier) => allowed.has(identifier));
}
