// What `npm run new:kind` is asked for, and the names that follow from it.

/** The applications of the house: a kind's first segment is one of them. */
const applications = [
  "identity",
  "imaging",
  "reports",
  "ai",
  "records",
  "consent",
  "access",
  "trials",
  "datasets",
  "learning",
  "devices",
];

/** A kind to be made. */
export interface KindRequest {
  readonly application: string;
  readonly noun: string;
  readonly participle: string;
  readonly nature: "act" | "observation";
  /** What it is refused for, or marked with; for an observation these are findings. */
  readonly codes: readonly string[];
}

export const usage = `npm run new:kind -- <application>.<noun>.<participle> [--act | --observation] [--codes CODE,CODE]

Makes a kind's room on every floor, with a test that fails for each thing that its author must still say.

  --act            it asks, and may be refused (default)
  --observation    it tells what happened, and is recorded with findings
  --codes          what it is refused for, or marked with (default: <NOUN>_UNKNOWN)

applications: ${applications.join(", ")}
`;

/** Reads the arguments of the command; a text says what is wrong with them. */
export function readRequest(args: readonly string[]): KindRequest | string {
  const options = args.filter((arg) => arg.startsWith("--"));
  const [name = "", ...others] = args.filter((arg, at) => !arg.startsWith("--") && args[at - 1] !== "--codes");
  const unknown = options.filter((option) => !["--act", "--observation", "--codes"].includes(option));
  if (unknown.length > 0 || others.length > 0) return `'${unknown[0] ?? others[0]}' is not understood`;
  if (options.includes("--act") && options.includes("--observation")) return "a kind is an act or an observation";
  if (!/^[a-z]+\.[a-z]+\.[a-z]+$/.test(name)) return `'${name}' is not <application>.<noun>.<participle> in lower case`;
  const [application, noun, participle] = name.split(".") as [string, string, string];
  if (!applications.includes(application)) return `'${application}' is no application`;
  const at = args.indexOf("--codes");
  const codes = at < 0 ? [`${noun.toUpperCase()}_UNKNOWN`] : (args[at + 1] ?? "").split(",");
  const malformed = codes.find((code) => !/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code));
  if (malformed !== undefined) return `'${malformed}' is not a code in capitals`;
  return { application, noun, participle, nature: options.includes("--observation") ? "observation" : "act", codes };
}

/** `reports.version.created`. */
export function kindName({ application, noun, participle }: KindRequest): string {
  return `${application}.${noun}.${participle}`;
}

/** `version-created`: how the files are called. */
export function fileStem({ noun, participle }: KindRequest): string {
  return `${noun}-${participle}`;
}

/** `versionCreated`: how the kind is called in the sources. */
export function variable({ noun, participle }: KindRequest): string {
  return noun + capital(participle);
}

/** `Version`, of `version`. */
export function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
