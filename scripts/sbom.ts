// Writes build/sbom.cdx.json: everything that an installed Fiducial consists of, from package-lock.json. `npm sbom` needs no network.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledLibraries } from "./licences/bundled-libraries.ts";
import { shippedPackages } from "./licences/licence-check.ts";
import { type Bill, completeBill } from "./sbom/bill.ts";
import { run } from "./test/process.ts";

const root = join(import.meta.dirname, "..");
const args = ["sbom", "--package-lock-only", "--sbom-format", "cyclonedx", "--loglevel", "error"];
const { code, output } = await run("npm", args, { cwd: root });
if (code !== 0) throw new Error(`npm sbom failed\n${output}`);
const { name } = read("package.json") as { name: string };
const shipped = shippedPackages(read("package-lock.json") as Parameters<typeof shippedPackages>[0]);
const bill = completeBill(JSON.parse(output.slice(output.indexOf("{"))) as Bill, name, shipped, bundledLibraries);
const file = join(root, "build", "sbom.cdx.json");
mkdirSync(join(root, "build"), { recursive: true });
writeFileSync(file, `${JSON.stringify(bill, undefined, 2)}\n`);
console.log(`${file}: ${bill.components.length} components, CycloneDX ${bill.specVersion}`);

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(root, file), "utf8"));
}
