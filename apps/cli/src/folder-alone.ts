// Commands that need the data folder to themselves without opening its node, and what they say when somebody else has it open.
import { resolve } from "node:path";
import type { NodeError } from "@fiducial/node";
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
    throw await namingPlaces(options, thrown);
  }
}

interface Places {
  readonly data?: string | undefined;
  readonly keys?: string | undefined;
}

/** Adds to FOLDER_MISSING where was looked, to FOLDER_IN_USE and KEYS_IN_USE who has the folder open, or signs, to LOG_ENDED what goes on; every other error stays what it is. */
export async function namingPlaces(options: Places, thrown: unknown): Promise<unknown> {
  if (thrown instanceof CliError) return thrown;
  switch (codeOf(thrown)) {
    case "FOLDER_MISSING":
      return new CliError("FOLDER_MISSING", await lookedAt(options), thrown);
    case "FOLDER_IN_USE":
      return new CliError("FOLDER_IN_USE", await answering(options), thrown);
    case "KEYS_IN_USE":
      return new CliError("KEYS_IN_USE", signing(thrown as NodeError), thrown);
    case "LOG_ENDED":
      return ended(thrown);
    default:
      return thrown;
  }
}

async function lookedAt(options: Places): Promise<CliError["data"]> {
  const { lookedIn } = await import("@fiducial/node");
  const byVariable = (process.env["FIDUCIAL_DATA"] ?? "") === "" ? "the usual place" : "as FIDUCIAL_DATA says";
  return { ...lookedIn(options), named: options.data === undefined ? byVariable : "as --data says" };
}

async function answering({ data }: Places): Promise<CliError["data"]> {
  const { defaultDataFolder, runningNode } = await import("@fiducial/node");
  const url = runningNode(data ?? defaultDataFolder());
  return url === undefined ? {} : { at: `, at ${url}` };
}

function ended(thrown: unknown): unknown {
  const { successor } = (thrown as Partial<NodeError>).data ?? {};
  return successor === undefined ? thrown : new CliError("LOG_ENDED", { successor: String(successor) }, thrown);
}

function signing({ data: { folder, host } }: NodeError): CliError["data"] {
  return folder === undefined ? {} : { by: `, for ${folder} on ${host}` };
}
