// Key files of members on the command line: where they are, and the passphrases that open them.
import type { KeyFile, MemberKey, OpenNode } from "@fiducial/node";
import { askSecret } from "./asking.ts";
import { CliError } from "./cli-error.ts";
import type { Call } from "./command.ts";
import { checkFile } from "./named-path.ts";
import type { OptionDeclaration } from "./options.ts";

/** The environment variable that stands in for the prompt. */
const passphraseVariable = "FIDUCIAL_PASSPHRASE";

/** The option of every command that members approve. */
export const approverOption: OptionDeclaration = {
  flags: "--approver <file>",
  says: "the key file of a member who approves; may be given several times, the first one states it",
  repeated: true,
  required: true,
};

/** The option of commands that make a key file. */
export const noPassphraseOption: OptionDeclaration = {
  flags: "--no-passphrase",
  says: "leave the key in the clear in its file, for whoever can read that",
};

/** Opens the key files of everybody who approves, asking for their passphrases. */
export async function approversOf({ options }: Call, node: OpenNode): Promise<MemberKey[]> {
  const keys: MemberKey[] = [];
  for (const path of (options["approver"] ?? []) as readonly string[])
    keys.push(await node.operations.members.key(await existingKeyFile(path)));
  return keys;
}

/** A key file that is there, with its passphrase if it asks for one. */
export async function existingKeyFile(path: string): Promise<KeyFile> {
  checkFile(path);
  const { isProtected } = await import("@fiducial/node");
  if (!isProtected(path)) return { path, passphrase: "" };
  return {
    path,
    passphrase: process.env[passphraseVariable] ?? (await askSecret(`Passphrase of ${path}`, passphraseVariable)),
  };
}

/** A passphrase for a new key: from the environment, or asked for twice; empty with --no-passphrase. Throws PASSPHRASE_NOT_CHOSEN. */
export async function newPassphrase({ options }: Call, path: string): Promise<string> {
  if (options["passphrase"] === false) return "";
  const passphrase = process.env[passphraseVariable] ?? (await askTwice(path));
  if (passphrase === "") throw new CliError("PASSPHRASE_NOT_CHOSEN");
  return passphrase;
}

async function askTwice(path: string): Promise<string> {
  const first = await askSecret(`New passphrase for ${path}`, passphraseVariable);
  const second = await askSecret("Once more", passphraseVariable);
  return first === second ? first : "";
}
