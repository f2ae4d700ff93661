// Where settings come from: defaults, below the configuration file, below the environment, below the command line.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { configurationFile } from "../folder/data-folder.ts";
import { type JsonFile, readJsonFile } from "./json-file.ts";
import { nearest } from "./nearest.ts";
import { type ConfigurationProblem, givenWords } from "./problems.ts";
import { type Setting, secretVariable, settings } from "./settings.ts";

/** What a process was started with. */
export interface Given {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Options by the setting's path, as the command line read them. */
  readonly flags?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** `--set path=value`, each. */
  readonly assignments?: readonly string[];
  /** `--config`. */
  readonly file?: string | undefined;
  /** The data folder that is used when no source names one. */
  readonly usualData: string;
}

/** What one source gives for one setting, not yet examined. */
export interface GivenValue {
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
  readonly source: "file" | "environment" | "command line";
  readonly where: string;
}

/** Everything that was given, the weakest first, and what is wrong before any shape is looked at. */
export interface Sources {
  readonly values: readonly GivenValue[];
  readonly data: string;
  /** The file that was read, if one was. */
  readonly file: (JsonFile & { readonly path: string }) | undefined;
  readonly problems: readonly ConfigurationProblem[];
  /** Names of the environment that look like settings and are none: told, and no reason not to start. */
  readonly unknownVariables: readonly { readonly name: string; readonly nearest?: string }[];
}

/** Gathers what every source gives. */
export function gather(given: Given): Sources {
  const problems: ConfigurationProblem[] = [];
  const environment = fromEnvironment(given, problems);
  const line = fromCommandLine(given, problems);
  const named = [...line, ...environment.values].find(({ path }) => path.join() === "data")?.value;
  const chosen = given.file ?? given.environment["FIDUCIAL_CONFIG"];
  const data = resolve(typeof named === "string" ? named : given.usualData);
  const inside = join(data, configurationFile);
  const path = chosen === undefined || chosen === "" ? (existsSync(inside) ? inside : undefined) : resolve(chosen);
  const file = path === undefined ? undefined : { ...readJsonFile(path), path };
  problems.unshift(...(file?.problems ?? []));
  const values = [...(file === undefined ? [] : fromFile(file, problems)), ...environment.values, ...line];
  return {
    values,
    data: path === inside ? data : resolve(dataOf(values) ?? data),
    file,
    problems: [...problems, ...(path === inside ? otherData(file, data) : [])],
    unknownVariables: environment.unknown,
  };
}

function dataOf(values: readonly GivenValue[]): string | undefined {
  const found = values.findLast(({ path }) => path.join() === "data")?.value;
  return typeof found === "string" ? found : undefined;
}

function otherData(file: Sources["file"], data: string): ConfigurationProblem[] {
  const named = (file?.value as { data?: unknown } | undefined)?.data;
  if (named === undefined || (typeof named === "string" && resolve(named) === data)) return [];
  return [{ code: "SETTING_ELSEWHERE", setting: "data", where: file?.position(["data"]) ?? "" }];
}

const secretNames = /^(?:clientSecret|password|passphrase|token|secret|nodeKey|apiKey)$/i;

// Whole leaves only: what the file says of a section is added to what others say of it.
function fromFile(file: JsonFile & { readonly path: string }, problems: ConfigurationProblem[]): GivenValue[] {
  const values: GivenValue[] = [];
  const secrets = (value: unknown, path: readonly PropertyKey[]): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      const at = Array.isArray(value) ? Number(name) : name;
      if (!Array.isArray(value) && secretNames.test(name))
        problems.push({
          code: "SETTING_SECRET",
          setting: words([...path, at]),
          where: file.position([...path, at]),
          allowed: `${words([...path, `${name}File`])}`,
        });
      else secrets(inner, [...path, at]);
    }
  };
  secrets(file.value, []);
  const visit = (value: unknown, path: readonly string[]): void => {
    const isSection = settings.some(
      ({ segments }) => segments.length > path.length && path.every((name, at) => segments[at] === name),
    );
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    if (isSection && isObject) for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
    else if (!secretNames.test(path.at(-1) ?? ""))
      values.push({ path, value: without(value), source: "file", where: file.position(path) });
  };
  visit(file.value, []);
  return values;
}

// A secret was told as such; that its name is unknown need not be told too.
function without(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(without);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !secretNames.test(name))
      .map(([name, inner]) => [name, without(inner)]),
  );
}

/** Names that other parts of Fiducial read; FIDUCIAL_CONFIG is this one's own. */
const otherVariables = new Set([
  "FIDUCIAL_CONFIG",
  "FIDUCIAL_NODE_KEY",
  "FIDUCIAL_TOKEN",
  "FIDUCIAL_DEBUG",
  "FIDUCIAL_PASSPHRASE",
  "FIDUCIAL_LONG",
  "FIDUCIAL_SEED",
  "FIDUCIAL_OUTCOMES",
  "FIDUCIAL_PHANTOM",
]);

function fromEnvironment({ environment }: Given, problems: ConfigurationProblem[]) {
  const values: GivenValue[] = [];
  const unknown: { name: string; nearest?: string }[] = [];
  const byName = new Map(settings.map((setting) => [setting.environment, setting]));
  const secrets = settings.filter(({ notes }) => notes.secretFile).map(({ segments }) => secretVariable(segments));
  for (const [name, text] of Object.entries(environment).sort(([a], [b]) => (a < b ? -1 : 1))) {
    // An empty variable counts as none.
    if (!name.startsWith("FIDUCIAL_") || text === undefined || text === "") continue;
    const setting = byName.get(name);
    if (setting !== undefined) push(setting, text, "environment", name, values, problems);
    else if (
      !otherVariables.has(name) &&
      !secrets.includes(name) &&
      !/^FIDUCIAL_ORTHANC_[A-Z0-9_]+_PASSWORD$/.test(name)
    ) {
      const near = nearest(name, [...byName.keys(), ...secrets]);
      unknown.push({ name, ...(near === undefined ? {} : { nearest: near }) });
    }
  }
  return { values, unknown };
}

function fromCommandLine({ flags = {}, assignments = [] }: Given, problems: ConfigurationProblem[]): GivenValue[] {
  const values: GivenValue[] = [];
  for (const assignment of assignments) pushAssigned(assignment, values, problems);
  for (const [path, value] of Object.entries(flags)) {
    const setting = settings.find((one) => one.path === path);
    if (value !== undefined && setting !== undefined)
      values.push({ path: setting.segments, value, source: "command line", where: setting.notes.flag ?? path });
  }
  return values;
}

function pushAssigned(assignment: string, values: GivenValue[], problems: ConfigurationProblem[]): void {
  const at = assignment.indexOf("=");
  const path = at < 0 ? assignment : assignment.slice(0, at);
  const setting = settings.find((one) => one.path === path);
  const where = `--set ${path}`;
  if (secretNames.test(path.split(".").at(-1) ?? ""))
    problems.push({ code: "SETTING_SECRET", setting: path, where: "--set" });
  else if (setting === undefined) problems.push(unknownSetting(path, "--set"));
  else if (at < 0) problems.push({ code: "SETTING_INVALID", setting: path, where, allowed: `${path}=VALUE` });
  else push(setting, assignment.slice(at + 1), "command line", where, values, problems);
}

/** Says that a setting is unknown, and which one was probably meant. */
export function unknownSetting(path: string, where: string): ConfigurationProblem {
  const known = settings.flatMap(({ path: own, members }) => [own, ...members.map((member) => `${own}${member.path}`)]);
  const near = nearest(path.replaceAll(/\[\d+\]/g, "[]"), known) ?? bySegment(path, known);
  return { code: "SETTING_UNKNOWN", setting: path, where, ...(near === undefined ? {} : { nearest: near }) };
}

// A section that nobody mistyped helps to find the name in it.
function bySegment(path: string, known: readonly string[]): string | undefined {
  const last = path.split(".").at(-1) ?? "";
  const sections = [...new Set(known.map((one) => one.split(/[.[]/)[0] ?? ""))];
  if (!path.includes(".")) return nearest(path, sections);
  return known.find((one) => one.split(".").at(-1) === last) ?? byBeginning(path, last, known);
}

// Whoever leaves the end of a name out may mistype what is left.
function byBeginning(path: string, last: string, known: readonly string[]): string | undefined {
  const section = path.slice(0, -last.length).replaceAll(/\[\d+\]/g, "[]");
  const siblings = known.filter((one) => one.startsWith(section) && !one.slice(section.length).includes("."));
  const begins = (one: string) => one.slice(section.length, section.length + last.length + 1);
  const near = nearest(last, siblings.map(begins));
  return siblings.find((one) => begins(one) === near);
}

function push(
  { segments, form, path, allowed }: Setting,
  text: string,
  source: GivenValue["source"],
  where: string,
  values: GivenValue[],
  problems: ConfigurationProblem[],
): void {
  const read = readText(form, text);
  if (read === undefined)
    problems.push({
      code: "SETTING_INVALID",
      setting: path,
      where,
      ...(form === "number" || form === "boolean" ? { given: givenWords(text) } : {}),
      allowed: form === "json" ? `${allowed}, as JSON` : allowed,
    });
  else values.push({ path: segments, value: read, source, where });
}

function readText(form: Setting["form"], text: string): unknown {
  if (form === "text") return text;
  if (form === "list")
    return text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "");
  if (form === "number") return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (form === "boolean") return { true: true, false: false }[text];
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function words(path: readonly PropertyKey[]): string {
  return path
    .map((name, at) => (typeof name === "number" ? `[${name}]` : `${at === 0 ? "" : "."}${String(name)}`))
    .join("");
}
