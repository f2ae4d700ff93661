// Writes the contract's vectors from its stories, and their digests into the contract version. With --check it only compares.

import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { contract1 } from "../packages/contract/src/versions/contract-1.ts";
import { allStories } from "../packages/contract/stories/all.ts";
import { vectorFileName, vectorFiles } from "../packages/contract/stories/vector-files.ts";

const root = dirname(import.meta.dirname);
const folder = join(root, "vectors", "contract");
const digests = join(root, "packages", "contract", "src", "versions", "contract-1-digests.ts");

const files = vectorFiles(contract1);
const wanted = new Map([...files].map(([name, text]) => [join(folder, name), text]));
wanted.set(digests, digestsModule());

const different = [...wanted].filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text);
const unknown = present().filter((path) => !wanted.has(path));

if (process.argv.includes("--check")) {
  for (const [path] of different) console.log(`${path} differs; run node scripts/vectors.ts`);
  for (const path of unknown) console.log(`${path} belongs to no kind; remove it`);
  process.exitCode = different.length + unknown.length === 0 ? 0 : 1;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [path, text] of different) writeFileSync(path, text);
  console.log(`${different.length} of ${wanted.size} files written`);
}

function digestsModule(): string {
  const rows = allStories.map(({ about }) => {
    const digest = createHash("sha256")
      .update(files.get(vectorFileName(about)) ?? "")
      .digest("hex");
    return `  ${about === "kernel" ? about : JSON.stringify(about)}: "${digest}",\n`;
  });
  return [
    "// Made by scripts/vectors.ts: SHA-256 of the vector files under vectors/contract.\n",
    'import type { VectorDigests } from "../kernel/contract.ts";\n\n',
    "export const contract1Vectors: VectorDigests = {\n",
    ...rows,
    "};\n",
  ].join("");
}

function present(): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  return names.map((name) => join(folder, name));
}
