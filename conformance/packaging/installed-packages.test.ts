// The packages as others get them: made, judged by publint, installed with npm in an empty folder by whatever Node the
// machine has, and opened by the Node that the command brings along.

import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "../../scripts/test/process.ts";

const root = join(import.meta.dirname, "..", "..");
const packed = join(root, "build", "pack");
const folder = mkdtempSync(join(tmpdir(), "fiducial-installed-"));
const names = globSync("{packages,apps}/*/package.json", { cwd: root })
  .map(nameOf)
  .filter((name) => name !== "@fiducial/web");

/** The machine's own programs: without the project's, and so without its Node. */
const env = {
  PATH: (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((part) => !part.includes("node_modules"))
    .join(delimiter),
};

beforeAll(async () => {
  const made = await run(process.execPath, ["scripts/pack.ts", "--tarballs"], { cwd: root });
  expect(made, made.output).toMatchObject({ code: 0 });
  const tarballs = globSync("*.tgz", { cwd: packed }).map((file) => join(packed, file));
  const flags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"];
  const installed = await run("npm", ["install", ...flags, ...tarballs], { cwd: folder, env });
  expect(installed, installed.output).toMatchObject({ code: 0 });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each(names)("publint finds no fault in %s", async (name) => {
  const package_ = join(packed, name.replace("@fiducial/", ""));
  const { code, output } = await run(join(root, "node_modules/.bin/publint"), ["--strict", package_], { cwd: root });
  expect(code, output).toBe(0);
});

test.each(names)("%s opens from its installed copy with the names that its source has", async (name) => {
  const ask = `import(${JSON.stringify(name)}).then((door) => console.log(JSON.stringify([import.meta.resolve(${JSON.stringify(name)}), Object.keys(door).sort()])))`;
  const node =
    globSync("node_modules/node-linux-*/bin/node", { cwd: folder }).map((file) => join(folder, file))[0] ??
    process.execPath;
  const answers = await Promise.all(
    [folder, root].map((cwd) => run(node, ["--input-type=module", "--eval", ask], { cwd })),
  );
  const [installed, source] = answers.map(({ output }) => JSON.parse(output) as [resolved: string, names: string[]]);
  expect(installed?.[0]).toMatch(/\/node_modules\/@fiducial\/[^/]+\/dist\/index\.js$/);
  expect(installed?.[1]).toEqual(source?.[1]);
});

function nameOf(file: string): string {
  return (JSON.parse(readFileSync(join(root, file), "utf8")) as { name: string }).name;
}
