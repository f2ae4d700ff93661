// The door of the command line: the declarations, for whoever documents them.
export type { CommandDeclaration, Parameter } from "./command.ts";
export { commands } from "./commands.ts";
export { configurationOptions } from "./configuration-options.ts";
export type { OptionDeclaration } from "./options.ts";
export { globalOptions } from "./program.ts";
