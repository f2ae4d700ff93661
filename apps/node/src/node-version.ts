// Which version of the node this is.
import { readFileSync } from "node:fs";

/** The version in the package's own description. SemVer 2.0. */
export function versionOfNode(): string {
  return (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string }).version;
}
