// What can be wrong with a configuration, as a closed table. docs/errors.md is made of this.

/** Codes with what they mean and what to do. */
export const configurationProblems = {
  CONFIGURATION_UNREADABLE: "The configuration file cannot be read. Check its path, owner and permissions.",
  CONFIGURATION_MALFORMED:
    "The configuration file is no JSON. The line and column are told; commas before a closing bracket, comments and a byte order mark are not JSON.",
  SETTING_UNKNOWN: "There is no such setting. The nearest one is told; see docs/configuration.md.",
  SETTING_TWICE: "A setting stands twice in the file. Remove one.",
  SETTING_INVALID: "A setting has a value that it does not take. What is allowed is told.",
  SETTING_MISSING: "Settings that belong together are given in part. Give those that are told, or none.",
  SETTING_SECRET:
    "Secrets stand in no configuration file and on no command line. Name a file that holds it, or give it in the environment.",
  SETTING_ELSEWHERE:
    "A configuration file inside a data folder names another data folder. Name the folder with --data, or the file with --config.",
  FOLDER_MISSING:
    "There is no Fiducial data folder there, and `fiducial start` makes one only with --organization or --demo. Name the folder with --data or FIDUCIAL_DATA.",
  SETTING_FILE_UNREADABLE:
    "A file or folder that a setting names cannot be read. Check that it is there, and whose it is.",
  SETTING_FILE_OPEN: "Others may read a file that a setting names. Allow its owner only (mode 0600).",
  SETTING_FOLDER_NOT_WRITABLE: "A folder that a setting names cannot be written to. Check its owner and permissions.",
  CERTIFICATE_MALFORMED: "This is no certificate, or no private key, in PEM.",
  CERTIFICATE_EXPIRED: "The certificate has expired, or is not valid yet. Get another, or look at the clock.",
  CERTIFICATE_OF_OTHER_KEY: "The private key is not that of the certificate. Bring those that belong together.",
  LISTENING_NOT_POSSIBLE:
    "Nothing can listen at this address and port: another program does, or it is not allowed. Choose another.",
  SETTING_PORT_TWICE: "Two settings name the same port. Choose another for one of them.",
  SETTING_ISSUER_UNREACHABLE:
    "The issuer does not answer with its description at `/.well-known/openid-configuration`. Check its address, and the way there.",
  PRODUCTION_INCOMPLETE: "Production wants this setting.",
  PRODUCTION_DEMO:
    "The folder is the demonstration's, or its keys are. Production wants a folder of its own: make one with --organization.",
  PRODUCTION_PLAIN:
    "Others could listen in: this goes from one machine to another unencrypted. What is wanted of this setting is told.",
  PRODUCTION_KEYS_WITH_DATA:
    "The keys lie inside the data folder, or around it: whoever gets the one gets the other. Put them apart, best on another disk.",
  PRODUCTION_FILE_OPEN:
    "Others may read, or write, the data folder, the keys or a file with a secret. Allow the owner only.",
  PRODUCTION_OPEN_TO_ALL:
    "Everybody may send or ask here, or far more than one organization has: together more than a /8 of IPv4 or a /16 of IPv6 that is not private. List who may.",
} as const satisfies Readonly<Record<string, string>>;
export type ConfigurationProblemCode = keyof typeof configurationProblems;

/** One thing that is wrong. Values are repeated only where a word of a list, a number or a yes or no is wanted: any other might be, or hold, a secret. */
export interface ConfigurationProblem {
  readonly code: ConfigurationProblemCode;
  /** The setting by its path, `http.port` or `folders[0].id`; absent when it is about the file as a whole. */
  readonly setting?: string;
  /** Where it was given: the environment name, the option, or the file with line and column. */
  readonly where?: string;
  /** What was given, as JSON, where that may be repeated; at most 64 characters of it. */
  readonly given?: string;
  /** What is allowed, or what is missing. */
  readonly allowed?: string;
  /** The known setting, or the allowed word, that was probably meant. */
  readonly nearest?: string;
}

/** Says a problem in one line. */
export function problemLine({ code, setting, where, given, allowed, nearest }: ConfigurationProblem): string {
  const about = [setting, where === undefined ? undefined : `(${where})`]
    .filter((part) => part !== undefined)
    .join(" ");
  const more = [
    ...(given === undefined ? [] : [`Given: ${given}.`]),
    ...(allowed === undefined
      ? []
      : [`${code.startsWith("PRODUCTION") || code === "SETTING_MISSING" ? "Wanted" : "Allowed"}: ${allowed}.`]),
    ...(nearest === undefined ? [] : [`Did you mean ${nearest}?`]),
  ];
  return [`${about === "" ? "configuration" : about}: ${configurationProblems[code]}`, ...more].join(" ");
}

/** Writes a value that may be repeated: as JSON, cut where it is long. */
export function givenWords(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length <= longestGiven ? text : `${text.slice(0, longestGiven - 1)}…`;
}

const longestGiven = 64;
