// Reads a configuration: all sources put together, held against the schema, every problem at once.
import type { z } from "zod";
import { pathWords } from "./json-file.ts";
import { nearest } from "./nearest.ts";
import { type ConfigurationProblem, givenWords } from "./problems.ts";
import { type Configuration, ConfigurationSchema } from "./schema.ts";
import { settings } from "./settings.ts";
import { type Given, type GivenValue, gather, unknownSetting } from "./sources.ts";

/** A setting with its value, and who gave it. */
export interface EffectiveSetting {
  readonly path: string;
  /** As JSON has it; absent when nothing gives one. No setting holds a secret. */
  readonly value?: unknown;
  readonly source: GivenValue["source"] | "default";
  readonly where?: string;
}

/** What reading came to. */
export interface ReadConfiguration {
  /** Absent when something is wrong. Its `data` is always there, and absolute. */
  readonly configuration?: Configuration & { readonly data: string };
  readonly problems: readonly ConfigurationProblem[];
  readonly effective: readonly EffectiveSetting[];
  readonly data: string;
  /** The configuration file that was read, if one was. */
  readonly file?: string;
  readonly unknownVariables: readonly { readonly name: string; readonly nearest?: string }[];
}

/** Reads the configuration of a process. Throws nothing: what is wrong is told. */
export function readConfiguration(given: Given): ReadConfiguration {
  const sources = gather(given);
  const raw: Record<string, unknown> = {};
  for (const { path, value } of sources.values) put(raw, path as string[], value);
  const result = ConfigurationSchema.safeParse(raw);
  const problems = [
    ...sources.problems,
    ...(result.success
      ? halves(result.data, sources.values)
      : problemsOf(result.error, raw, sources.values, sources.file)),
  ];
  const configuration = result.success ? { ...result.data, data: sources.data } : undefined;
  return {
    ...(configuration === undefined || problems.length > 0 ? {} : { configuration }),
    problems,
    effective: effectiveOf(configuration, sources.values, sources.data),
    data: sources.data,
    ...(sources.file === undefined ? {} : { file: sources.file.path }),
    unknownVariables: sources.unknownVariables,
  };
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = "", ...rest] = path;
  if (rest.length === 0)
    return void Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  const inner = Object.hasOwn(target, name) ? target[name] : undefined;
  const section = typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>) : {};
  Object.defineProperty(target, name, { value: section, enumerable: true, configurable: true, writable: true });
  put(section, rest, value);
}

type File = ReturnType<typeof gather>["file"];

function problemsOf(
  error: z.ZodError,
  raw: unknown,
  values: readonly GivenValue[],
  file: File,
): ConfigurationProblem[] {
  return error.issues.flatMap((issue): ConfigurationProblem[] => {
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) =>
        unknownSetting(pathWords([...issue.path, key]), whereOf([...issue.path, key], values, file)),
      );
    const setting = pathWords(issue.path);
    const where = whereOf(issue.path, values, file);
    if (isMissing(raw, issue.path)) return [{ code: "SETTING_MISSING", setting, where, allowed: setting }];
    return [{ code: "SETTING_INVALID", setting, where, ...repeated(issue, raw), allowed: allowedAt(issue.path) }];
  });
}

function isMissing(raw: unknown, path: readonly PropertyKey[]): boolean {
  return valueAt(raw, path) === undefined;
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name], raw);
}

// Where free text is wanted, what was given might be a secret, or an address with one inside.
function repeated(issue: z.core.$ZodIssue, raw: unknown): Pick<ConfigurationProblem, "given" | "nearest"> {
  const value = valueAt(raw, issue.path);
  if (typeof value === "object") return {};
  const given = givenWords(value);
  if (issue.code === "invalid_value") {
    const near = nearest(String(value), issue.values.map(String));
    return { given, ...(near === undefined ? {} : { nearest: near }) };
  }
  const isNumber = issue.code === "invalid_type" && ["number", "int", "boolean"].includes(issue.expected);
  const isRange = issue.code === "too_big" || issue.code === "too_small";
  return isNumber || (isRange && ["number", "int"].includes(issue.origin)) ? { given } : {};
}

// A value inside a list is where the list was given; in a file it has a place of its own.
function whereOf(path: readonly PropertyKey[], values: readonly GivenValue[], file: File): string {
  const giver = values.findLast((one) => one.path.every((name, at) => path[at] === name));
  return giver?.source === "file" || giver === undefined ? (file?.position(path) ?? "") : giver.where;
}

function allowedAt(path: readonly PropertyKey[]): string {
  const words = pathWords(path).replaceAll(/\[\d+\]/g, "[]");
  for (const { path: own, allowed, members } of settings) {
    if (own === words || `${own}[]` === words) return allowed;
    const member = members.find((one) => words === `${own}${one.path}` || words === `${own}${one.path}[]`);
    if (member !== undefined) return member.allowed;
  }
  const holder = settings.find(({ path: own }) => words.startsWith(`${own}.`) || words.startsWith(`${own}[`));
  return holder?.allowed ?? "an object";
}

/** Settings that go together: with any of `any`, each of `all`. */
const together: readonly { readonly any: readonly string[]; readonly all: readonly string[] }[] = [
  { any: ["http.tls.certificate", "http.tls.key"], all: ["http.tls.certificate", "http.tls.key"] },
  { any: ["dicom.tls.certificate", "dicom.tls.key", "dicom.tls.ca"], all: ["dicom.tls.certificate", "dicom.tls.key"] },
  {
    any: ["siem.syslog.certificate", "siem.syslog.key"],
    all: ["siem.syslog.certificate", "siem.syslog.key", "siem.syslog.host"],
  },
  { any: ["siem.syslog.ca"], all: ["siem.syslog.host"] },
  {
    any: ["pacs.qidoUrl", "pacs.wadoUrl", "pacs.user", "pacs.passwordFile", "pacs.ca"],
    all: ["pacs.qidoUrl", "pacs.wadoUrl"],
  },
  {
    any: ["signIn.issuer", "signIn.clientId", "signIn.clientSecretFile"],
    all: ["signIn.issuer", "signIn.clientId", "http.publicUrl"],
  },
];

function halves(configuration: Configuration, values: readonly GivenValue[]): ConfigurationProblem[] {
  const has = (path: string) =>
    path
      .split(".")
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], configuration) !==
    undefined;
  // What production wants is told with everything else that it wants.
  const isWanted = (path: string) => !(configuration.mode === "production" && path === "http.publicUrl");
  const missing = together.flatMap(({ any, all }) => {
    const giver = any.find(has);
    return giver === undefined
      ? []
      : all.filter((path) => !has(path) && isWanted(path)).map((path) => ({ path, giver }));
  });
  const clientCertificate = configuration.dicom.tls.requireClientCertificate && !has("dicom.tls.ca");
  const all = clientCertificate
    ? [...missing, { path: "dicom.tls.ca", giver: "dicom.tls.requireClientCertificate" }]
    : missing;
  return all.map(({ path, giver }) => ({
    code: "SETTING_MISSING",
    setting: giver,
    where: values.findLast((one) => one.path.join(".") === giver)?.where ?? "",
    allowed: path,
  }));
}

function effectiveOf(
  configuration: Configuration | undefined,
  values: readonly GivenValue[],
  data: string,
): EffectiveSetting[] {
  return settings.map(({ path, segments, default: usual }) => {
    const giver = values.findLast((one) => one.path.join(".") === path);
    const value =
      path === "data"
        ? data
        : configuration === undefined
          ? (giver?.value ?? usual)
          : segments.reduce<unknown>(
              (inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
              configuration,
            );
    return {
      path,
      ...(value === undefined ? {} : { value }),
      source: giver?.source ?? "default",
      ...(giver === undefined ? {} : { where: giver.where }),
    };
  });
}
