// What options are: as they are declared, and as a command gets them.

/** An option as usage lines write it. */
export interface OptionDeclaration {
  readonly flags: string;
  readonly says: string;
  /** For options that take a whole number: the range, ends included. */
  readonly whole?: readonly [least: number, most: number];
  readonly default?: number;
  /** For options that take one of a few words. */
  readonly choices?: readonly string[];
  /** May be given several times; the command gets a list. */
  readonly repeated?: boolean;
  /** The command does not work without it. */
  readonly required?: boolean;
}

/** Who keeps the folder that a command makes; receipts and pages say so. It cannot be changed later. */
export const organizationOption: OptionDeclaration = {
  flags: "--organization <name>",
  says: "what the organization is called, when the folder is made now",
};

/** Options that every command takes, and by name those of its own. */
export interface Options {
  readonly data?: string;
  readonly node?: string;
  readonly keys?: string;
  readonly tokenFile?: string;
  readonly threads?: number;
  readonly [name: string]: string | number | boolean | readonly string[] | undefined;
}
