// The machine's own programs and data that tests use, taken from Debian when they are missing.

import { run } from "./process.ts";
import type { Tier } from "./tiers.ts";

const lock = "DPkg::Lock::Timeout=120";

/** Installs what the tiers need and the machine lacks. Returns one line that says what was done, or could not be. */
export async function installPackages(tiers: readonly Tier[]): Promise<string> {
  const wanted = [...new Set(tiers.flatMap(({ packages }) => packages))]
    .filter((name) => !providedOtherwise(name))
    .sort();
  if (wanted.length === 0) return "nothing needed";
  if ((await run("apt-get", ["--version"])).code !== 0)
    return `no apt-get on this machine; tests that need one of ${wanted.join(", ")} are skipped without it`;
  const missing = missingFrom(wanted, (await run("dpkg-query", ["-W", "-f", statusFormat, ...wanted])).output);
  if (missing.length === 0) return "nothing missing";
  // Old package lists may do; only the installation says whether they did.
  await asRoot(aptGet("update"));
  const { code, output } = await asRoot(aptGet("install", "-y", "--no-install-recommends", "-o", lock, ...missing));
  if (code !== 0)
    return `apt-get failed; tests that need one of ${missing.join(", ")} are skipped\n${lastLines(output)}`;
  return `installed ${missing.join(", ")}`;
}

/** Lists the wanted packages that dpkg-query's answer does not call installed. */
export function missingFrom(wanted: readonly string[], answer: string): string[] {
  const installed = new Set(answer.split("\n").flatMap((line) => /^(\S+) ii\s*$/.exec(line)?.[1] ?? []));
  return wanted.filter((name) => !installed.has(name));
}

/** Per line: a package's name, and `ii` once it is installed. dpkg-query(1), db:Status-Abbrev. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own notation.
const statusFormat = "${Package} ${db:Status-Abbrev}\\n";

/** CHROMIUM names a browser that playwright.config.ts takes instead of Debian's. */
function providedOtherwise(name: string): boolean {
  return name === "chromium" && process.env["CHROMIUM"] !== undefined;
}

function aptGet(...args: string[]): string[] {
  return ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", ...args];
}

/** sudo may ask for a password on a terminal; without one it must not wait for it. */
function asRoot(command: readonly string[]): ReturnType<typeof run> {
  if (process.getuid?.() === 0) return run("env", command.slice(1));
  return run("sudo", [...(process.stdin.isTTY ? [] : ["-n"]), ...command]);
}

function lastLines(output: string): string {
  return output.trim().split("\n").slice(-5).join("\n");
}
