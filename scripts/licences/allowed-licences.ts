// Which licences the packages that ship may have, and the few that are taken for a reason of their own. SPDX identifiers.

/** Licences that ask for no more than keeping their text and the authors' names. */
export const allowedLicences: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "Unlicense",
  "Zlib",
]);

/** A package that may have another licence, and why. */
export interface LicenceException {
  readonly name: string;
  readonly licence: string;
  readonly reason: string;
}

const fonts = "A font, shipped unchanged and under its own name: the licence asks for nothing else.";

/** Each is for one package and one licence. */
export const licenceExceptions: readonly LicenceException[] = [
  { name: "@fontsource-variable/inter", licence: "OFL-1.1", reason: fonts },
  { name: "@fontsource/jetbrains-mono", licence: "OFL-1.1", reason: fonts },
];
