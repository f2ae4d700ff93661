// Pages and files that scripts write from the source; the static tier runs each with `--check` and wants them equal.

/** A generator: what it writes, and the script that writes it, relative to the repository. */
export interface Generator {
  name: string;
  script: string;
}

/** Every generator. With `--check` it writes nothing and exits with 1, naming the files, when one differs. */
export const generators: readonly Generator[] = [
  { name: "vectors of the contract", script: "scripts/vectors.ts" },
  { name: "reference of kinds", script: "scripts/kinds-doc.ts" },
  { name: "page of codes", script: "scripts/errors-doc.ts" },
  { name: "page of permissions", script: "scripts/permissions-doc.ts" },
  { name: "import rules in ARCHITECTURE.md", script: "scripts/architecture-doc.ts" },
  { name: "index of decisions", script: "scripts/decisions-doc.ts" },
  { name: "reference of the configuration", script: "scripts/configuration-doc.ts" },
  { name: "HTTP reference", script: "scripts/api-doc.ts" },
  { name: "reference of the command", script: "scripts/cli-doc.ts" },
  { name: "tables of the DICOM conformance statement", script: "scripts/dicom-conformance-doc.ts" },
];
