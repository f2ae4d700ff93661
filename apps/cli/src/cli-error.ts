// What the command itself can refuse or fail to do; everything else comes with the codes of the package that found it.

/** Codes with the exit status and the sentence that people read. `{name}` stands for a member of the error's data. */
export const cliErrors = {
  USAGE: { exit: 2, says: "{problem} See 'fiducial{command} --help'." },
  PATH_UNREADABLE: { exit: 2, says: "{path} cannot be read{why}. Check that it is there and that you may read it." },
  PATH_NOT_WRITABLE: { exit: 2, says: "{path} cannot be written. Check its folder and permissions." },
  FOLDER_IN_USE: {
    exit: 1,
    says: "Another process has this data folder open{at}. Stop it first, by Ctrl+C where it was started or as the service it is, then give the command again.",
  },
  FOLDER_MISSING: {
    exit: 1,
    says: "There is no Fiducial data folder at {folder} ({named}), so no node was found by it; keys would be in or below {keys}. Name another folder with --data or FIDUCIAL_DATA, ask a node with --node URL, or make a folder: 'fiducial ingest FILES', 'npm start'.",
  },
  UNREACHABLE: {
    exit: 1,
    says: "Nothing answers at {node} as a node does. Check the address, and that the node is running.",
  },
  CERTIFICATE_UNTRUSTED: {
    exit: 1,
    says: "The node answers at {node} with a certificate that is not trusted here. It need not be stopped: name its root in NODE_EXTRA_CA_CERTS=FILE, in PEM, and give the command again.",
  },
  KEYS_IN_USE: {
    exit: 1,
    says: "Another process signs with these keys{by}. If this folder is a copy of that one's, use that one, or stop its process first; a copy for trying out gets a copy of the keys, and any other folder keys of its own, with --keys.",
  },
  LOG_ENDED: {
    exit: 1,
    says: "This log was ended by a recovery of another copy, and {successor} goes on in its place: use the folder that was recovered. Only when that folder and its backups are lost for good, 'fiducial recover' with --instead-of {successor} ends it here.",
  },
  LOSS_NOT_NAMED: {
    exit: 2,
    says: "{lost} that the key has signed would be lost. Look first for the folder that went on, and for a newer backup; when both are lost for good, say --lose {number}.",
  },
  NOT_SIGNED_IN: {
    exit: 1,
    says: "The node wants to know who asks. Give a machine's token with --token-file FILE, or in FIDUCIAL_TOKEN. {operator}",
  },
  PORT_TAKEN: { exit: 1, says: "Port {port} is taken. Choose another with {option}." },
  PORT_TWICE: {
    exit: 1,
    says: "--port and --dicom-port (http.port and dicom.port) both name port {port}. Choose another for one of them.",
  },
  CONFIGURATION_WRONG: {
    exit: 2,
    says: "The configuration cannot be used: {problems} told above. See docs/configuration.md.",
  },
  DISK_FULL: { exit: 1, says: "The disk is full. Nothing acknowledged was lost; free space and start again." },
  NOTHING_FOUND: { exit: 1, says: "There is no file to verify in what was named." },
  OBJECT_UNKNOWN: { exit: 1, says: "The object of this file is not registered here." },
  OBJECT_UNREADABLE: { exit: 1, says: "The file cannot be read as a DICOM object ({reason}). {problem}" },
  ANSWER_MISSING: {
    exit: 2,
    says: "{question} is needed, and there is no terminal to ask at. {how}",
  },
  PASSPHRASE_NOT_CHOSEN: {
    exit: 2,
    says: "The passphrases were empty or not the same. Choose one, or say --no-passphrase.",
  },
  INTERNAL: {
    exit: 1,
    says: "Something went wrong inside. Nothing acknowledged was lost; set FIDUCIAL_DEBUG=1 to see where, and report it.",
  },
} as const satisfies Readonly<Record<string, { readonly exit: 1 | 2; readonly says: string }>>;

/** One code of the table. */
export type CliErrorCode = keyof typeof cliErrors;

/** Thrown by the command. `data` fills the sentence; paths stand there as the user typed them. */
export class CliError extends Error {
  readonly code: CliErrorCode;
  readonly exit: 1 | 2;
  readonly data: Readonly<Record<string, string | number>>;

  constructor(code: CliErrorCode, data: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(
      cliErrors[code].says.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? "")),
      cause === undefined ? undefined : { cause },
    );
    this.name = "CliError";
    this.code = code;
    this.data = data;
    this.exit = cliErrors[code].exit;
  }
}
