// Commands that need the data folder to themselves without opening its node, and what they say when somebody else has it open.
import { resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import { codeOf } from "./failure.ts";
import type { Options } from "./options.ts";

/** Works on the data folder that the options name, as a full path. Throws USAGE with --node, and FOLDER_IN_USE with the address at which another process answers. */
export async function aloneWith<Result>(
  { options }: { readonly options: Options },
  work: (data: string) => Result | Promise<Result>,
): Promise<Result> {
  if (options.node !== undefined)
    throw new CliError("USAGE", { problem: "This command works on the data folder itself." });
  const { defaultDataFolder } = await import("@fiducial/node");
  const data = resolve(options.data ?? defaultDataFolder());
  try {
    return await work(data);
  } catch (thrown) {
    throw await namingHolder(data, thrown);
  }
}

/** Adds to FOLDER_IN_USE and KEYS_IN_USE who has the folder open, or signs; every other error stays what it is. */
export async function namingHolder(data: string, thrown: unknown): Promise<unknown> {
  if (thrown instanceof CliError) return thrown;
  if (codeOf(thrown) === "KEYS_IN_USE") {
    const { folder, host } = (thrown as { data: Readonly<Record<string, unknown>> }).data;
    const by = folder === undefined ? {} : { by: `, for ${folder} on ${host}` };
    return new CliError("KEYS_IN_USE", by, thrown);
  }
  if (codeOf(thrown) !== "FOLDER_IN_USE") return thrown;
  const { runningNode } = await import("@fiducial/node");
  const url = runningNode(data);
  return new CliError("FOLDER_IN_USE", url === undefined ? {} : { at: `, at ${url}` }, thrown);
}
