// The options that settings of a node have of their own, and the two by which every setting can be given. A list of its own, since reading the
// schema would slow every start; a test holds it against the schema.
import type { OptionDeclaration } from "./options.ts";

/** A setting's path, and the option for it. */
export const settingOptions: Readonly<Record<string, OptionDeclaration>> = {
  mode: {
    flags: "--mode <mode>",
    says: "In production a node refuses to start with half a configuration, with the demonstration's folder or issuer, and where somebody could listen in or read its keys.",
    choices: ["local", "production"],
  },
  organization: {
    flags: "--organization <name>",
    says: "What the organization is called, when the data folder is made now.",
  },
  "http.host": {
    flags: "--host <address>",
    says: "The address to listen on; 0.0.0.0 and :: are all of this machine's.",
  },
  "http.port": { flags: "--port <number>", says: "The port to listen on; 0 takes any free one.", whole: [0, 65_535] },
  "http.publicUrl": {
    flags: "--public-url <url>",
    says: "The address at which people and systems reach the node, the proxy's where there is one.",
  },
  "http.page": { flags: "--page <folder>", says: "The folder of the built page." },
  "dicom.port": {
    flags: "--dicom-port <number>",
    says: "The port for C-STORE and C-ECHO, usually 11112; without one nobody listens.",
    whole: [0, 65_535],
  },
  "dicom.aeTitle": { flags: "--dicom-ae <title>", says: "The AE title that it answers to." },
};

/** The options of a command that reads a configuration. */
export const configurationOptions: readonly OptionDeclaration[] = [
  {
    flags: "--config <file>",
    says: "the configuration file (default: FIDUCIAL_CONFIG, or fiducial.config.json in the data folder)",
  },
  ...Object.values(settingOptions),
  {
    flags: "--set <setting=value>",
    says: "any setting, as docs/configuration.md names it; may be given several times",
    repeated: true,
  },
];
