// Secrets: read from the files that settings name, or from the environment; nowhere else, and never shown.
import { readFileSync } from "node:fs";
import { environmentName } from "./settings.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a secret may come from. */
export interface SecretPlace {
  /** The file that holds it; one newline at its end is not part of it. */
  readonly file: string | undefined;
  /** The environment name that may hold it instead, and goes first. */
  readonly variable: string;
}

/** Reads a secret; undefined where none is given. Throws what reading a file throws. */
export function secretAt({ file, variable }: SecretPlace, environment: Environment): string | undefined {
  const given = environment[variable];
  if (given !== undefined && given !== "") return given;
  return file === undefined ? undefined : readFileSync(file, "utf8").replace(/\r?\n$/, "");
}

/** The environment name of an Orthanc feed's password: FIDUCIAL_ORTHANC_<ID>_PASSWORD. */
export function feedPasswordVariable(id: string): string {
  return `${environmentName(["orthanc"])}_${id.toUpperCase().replaceAll("-", "_")}_PASSWORD`;
}
