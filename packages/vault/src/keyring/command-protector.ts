// A program that wraps and unwraps: pkcs11-tool, openssl or a cloud's command line, so that an HSM or key service keeps the key.
import { spawn } from "node:child_process";
import { concat } from "@fiducial/core";
import { VaultError } from "../vault-error.ts";
import { nodeKeyVariable } from "./environment-protector.ts";
import type { KeyProtector } from "./protector.ts";

/** A program and its arguments, started as they stand: no shell reads them. */
export type Command = readonly [program: string, ...args: string[]];

/** Two commands that read from standard input and write to standard output, nothing else. */
export interface CommandProtectorOptions {
  readonly wrap: Command;
  readonly unwrap: Command;
  /** After this many milliseconds (10,000) a command is killed. */
  readonly timeoutMs?: number;
  /** What the commands find in their environment: this process's own, without the node key, if not said. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** Protects with two configured commands. Rejects with KEY_PROGRAM_FAILED; what a command writes to standard error is not kept. */
export function commandProtector(options: CommandProtectorOptions): KeyProtector {
  return {
    name: "command",
    wrap: (plain) => runCommand(options.wrap, plain, options),
    unwrap: (wrapped) => runCommand(options.unwrap, wrapped, options),
  };
}

const defaultTimeoutMs = 10_000;
const mostOutputBytes = 65_536;

function runCommand(
  [program, ...args]: Command,
  input: Uint8Array,
  options: CommandProtectorOptions,
): Promise<Uint8Array> {
  const { timeoutMs = defaultTimeoutMs, environment = ownEnvironment() } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { shell: false, env: environment, stdio: ["pipe", "pipe", "ignore"] });
    const output: Uint8Array[] = [];
    let outputBytes = 0;
    const stop = (reason: string) => {
      clearTimeout(timer);
      child.kill("SIGKILL");
      reject(new VaultError("KEY_PROGRAM_FAILED", { program, reason }));
    };
    const timer = setTimeout(stop, timeoutMs, "time");
    child.on("error", () => stop("start"));
    child.stdout.on("data", (part: Uint8Array) => {
      output.push(part);
      outputBytes += part.length;
      if (outputBytes > mostOutputBytes) stop("length");
    });
    // A program that ends without reading closes the pipe; its exit code says what that means.
    child.stdin.on("error", () => {});
    child.stdin.end(input);
    child.on("close", (exitCode) => {
      clearTimeout(timer);
      if (exitCode === 0 && outputBytes > 0) resolve(concat(...output));
      else stop(exitCode === 0 ? "empty" : `exit ${exitCode}`);
    });
  });
}

function ownEnvironment(): NodeJS.ProcessEnv {
  const { [nodeKeyVariable]: _nodeKey, ...others } = process.env;
  return others;
}
