// The door of the configuration: for the command line and for the scripts that write docs. It loads no part of the node that is heavy.
export { defaultDataFolder, runningNode } from "../folder/data-folder.ts";
export { type CheckOptions, checkConfiguration } from "./check.ts";
export {
  type ConfigurationProblem,
  type ConfigurationProblemCode,
  configurationProblems,
  problemLine,
} from "./problems.ts";
export { type EffectiveSetting, type ReadConfiguration, readConfiguration } from "./read-configuration.ts";
export type { Configuration } from "./schema.ts";
export { type Member, type Setting, secretVariable, settings } from "./settings.ts";
export type { Given } from "./sources.ts";
