// The configuration that a command line asks for: all sources read, every mistake told, before anything is opened.
import type { Configuration, ReadConfiguration } from "@fiducial/node/configuration";
import { CliError } from "./cli-error.ts";
import type { Call } from "./command.ts";
import { settingOptions } from "./configuration-options.ts";

/** Reads it, whatever is wrong with it. */
export async function readingOf({ options }: Pick<Call, "options">): Promise<ReadConfiguration> {
  const { readConfiguration, defaultDataFolder } = await import("@fiducial/node/configuration");
  const named = Object.entries(settingOptions).map(([path, { flags }]) => [path, options[optionName(flags)]]);
  return readConfiguration({
    environment: process.env,
    flags: { data: options.data, keys: options.keys, threads: options.threads, ...Object.fromEntries(named) },
    assignments: (options["set"] as readonly string[] | undefined) ?? [],
    file: options["config"] as string | undefined,
    usualData: defaultDataFolder(),
  });
}

/** Reads it. Tells what is wrong with it and throws CONFIGURATION_WRONG. */
export async function configurationOf(
  call: Call,
): Promise<{ readonly configuration: Configuration & { readonly data: string }; readonly reading: ReadConfiguration }> {
  const reading = await readingOf(call);
  await tellUnknown(call, reading);
  const { configuration, problems } = reading;
  if (configuration !== undefined) return { configuration, reading };
  await complain(call, problems);
  throw wrong(problems);
}

/** Writes each problem as a line on standard error. */
export async function complain(
  { screen }: Pick<Call, "screen">,
  problems: ReadConfiguration["problems"],
): Promise<void> {
  const { problemLine } = await import("@fiducial/node/configuration");
  for (const problem of problems) screen.complain(`${problemLine(problem)} (${problem.code})`);
}

/** The error of a configuration that cannot be read. */
export function wrong(problems: ReadConfiguration["problems"]): CliError {
  return new CliError("CONFIGURATION_WRONG", {
    problems: problems.length === 1 ? "one problem is" : `${problems.length} problems are`,
  });
}

/** Tells of environment names that look like settings and are none. */
export async function tellUnknown(
  { screen }: Pick<Call, "screen">,
  { unknownVariables }: ReadConfiguration,
): Promise<void> {
  for (const { name, nearest } of unknownVariables)
    screen.complain(
      `${name} is no setting, and was passed over.${nearest === undefined ? "" : ` Did you mean ${nearest}?`}`,
    );
}

// "--public-url <url>" becomes "publicUrl", as commander names it.
function optionName(flags: string): string {
  return (/^--([a-z-]+)/.exec(flags)?.[1] ?? "").replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
