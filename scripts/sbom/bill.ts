// The bill of materials that npm writes, put right: what ships and nothing else, the project's own name, and libraries
// inside packages. CycloneDX 1.5.

import type { BundledLibrary } from "../licences/bundled-libraries.ts";
import type { ShippedPackage } from "../licences/licence-check.ts";

/** As much of a CycloneDX bill as is changed here. */
export interface Bill {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

export interface Component {
  readonly type: string;
  readonly name: string;
  /** `name@version`, the name with its scope: `name` alone lacks it. */
  readonly "bom-ref"?: string;
  readonly version?: string;
  readonly licenses?: readonly object[];
  readonly components?: readonly Component[];
}

/**
 * Leaves on the bill what ships (npm's own `--omit dev` loses packages that development uses too) and the project's
 * workspaces, and puts each library inside the package that carries it. Throws when a package is not on the bill.
 */
export function completeBill(
  bill: Bill,
  project: string,
  shipped: readonly Pick<ShippedPackage, "name" | "version">[],
  libraries: readonly BundledLibrary[],
): Bill {
  const refs = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const isKept = (ref = "") => refs.has(ref) || ref.startsWith(`@${project}/`) || ref.startsWith(`${project}@`);
  const components = bill.components.filter((component) => isKept(component["bom-ref"]));
  const listed = new Set(components.map((component) => component["bom-ref"]));
  for (const ref of refs) if (!listed.has(ref)) throw new Error(`${ref} is not on npm's bill`);
  for (const { inside } of libraries)
    if (!components.some((component) => carries(component, inside))) throw new Error(`${inside} does not ship`);
  return {
    ...bill,
    metadata: { ...bill.metadata, component: { ...bill.metadata.component, name: project } },
    components: components.map((component) => withLibraries(component, libraries)),
    dependencies: bill.dependencies
      .filter(({ ref }) => isKept(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isKept) })),
  };
}

function withLibraries(component: Component, libraries: readonly BundledLibrary[]): Component {
  const inner = libraries.filter(({ inside }) => carries(component, inside));
  return inner.length === 0 ? component : { ...component, components: inner.map(componentOf) };
}

function carries(component: Component, name: string): boolean {
  return component["bom-ref"] === `${name}@${component.version}`;
}

// A licence is an identifier or an expression; an expression is what fits both.
function componentOf({ name, version, licence }: BundledLibrary): Component {
  return { type: "library", name, ...(version && { version }), licenses: [{ expression: licence }] };
}
