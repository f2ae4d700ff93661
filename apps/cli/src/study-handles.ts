// Studies on the command line: by their handles.
import { CliError } from "./cli-error.ts";
import type { Call, Parameter } from "./command.ts";

export const studyParameter: Parameter = { syntax: "<study>", says: "a study's handle: 32 hexadecimal digits" };

export const studiesParameter: Parameter = {
  syntax: "<study...>",
  says: "studies' handles: 32 hexadecimal digits each",
};

/** The handles that were given. Throws USAGE for what is none. */
export function studyHandles({ given }: Call): string[] {
  const handles = given.flat().filter((handle) => handle !== undefined);
  if (!handles.every((handle) => /^[0-9a-f]{32}$/.test(handle)))
    throw new CliError("USAGE", { problem: "A study's handle is 32 hexadecimal digits." });
  return handles;
}

/** The only handle that was given. Throws USAGE for what is none. */
export function studyHandle(call: Call): string {
  return studyHandles(call)[0] as string;
}
