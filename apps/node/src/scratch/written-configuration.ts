// A configuration file in a data folder, as somebody wrote it, for tests.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ConfigurationProblem } from "../configuration/problems.ts";
import { readConfiguration } from "../configuration/read-configuration.ts";
import type { Given } from "../configuration/sources.ts";
import { configurationFile } from "../folder/data-folder.ts";
import { scratchNode } from "./scratch-node.ts";

/** A data folder with such a file, or without one, and what comes of reading it. */
export function place(text?: string) {
  const { folder, data } = scratchNode();
  mkdirSync(data);
  const file = join(data, configurationFile);
  if (text !== undefined) writeFileSync(file, text);
  const read = (given: Partial<Given> = {}) => readConfiguration({ environment: {}, usualData: data, ...given });
  return { folder, data, file, read };
}

/** Problems by code, setting and what was probably meant. */
export const told = (problems: readonly ConfigurationProblem[]) =>
  problems.map(({ code, setting, nearest: near }) => [code, setting, near]);
