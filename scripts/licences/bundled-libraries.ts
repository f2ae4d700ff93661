// Software inside packages that no lock file names: C and C++ libraries compiled into a module or a program.

/** A library, the package that carries it, and its licence as an SPDX expression. */
export interface BundledLibrary {
  readonly inside: string;
  readonly name: string;
  readonly version?: string;
  readonly licence: string;
  /** Why a licence outside of the allowed ones is taken. */
  readonly reason?: string;
}

const codecs = "dcmjs-codecs";

/** As the packages' own documents and the strings in their binaries tell; docs/formats/pixels.md § Transfer syntaxes. */
export const bundledLibraries: readonly BundledLibrary[] = [
  {
    inside: codecs,
    name: "libijg",
    version: "6b",
    licence: "IJG",
    reason: "Permissive; asks that documents say the work of the Independent JPEG Group is in it. NOTICE does.",
  },
  { inside: codecs, name: "CharLS", version: "2.3.4", licence: "BSD-3-Clause" },
  { inside: codecs, name: "OpenJPEG", version: "2.5.0", licence: "BSD-2-Clause" },
  { inside: codecs, name: "OpenJPH", version: "0.18.2", licence: "BSD-2-Clause" },
  { inside: codecs, name: "libjxl", version: "0.11.2", licence: "BSD-3-Clause" },
  { inside: codecs, name: "skcms", licence: "BSD-3-Clause" },
  { inside: codecs, name: "Highway", licence: "Apache-2.0 OR BSD-3-Clause" },
  { inside: codecs, name: "Brotli", licence: "MIT" },
  { inside: codecs, name: "better-enums", licence: "BSD-2-Clause" },
  { inside: "sodium-native", name: "libsodium", licence: "ISC" },
];
