import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { shippedPackages } from "./licences/licence-check.ts";
import { type Bill, completeBill } from "./sbom/bill.ts";
import { run } from "./test/process.ts";

const root = join(import.meta.dirname, "..");

test("the bill has every package that ships, and the libraries inside them", async () => {
  const { code, output } = await run(process.execPath, ["scripts/sbom.ts"], { cwd: root });
  expect(code, output).toBe(0);
  const bill = JSON.parse(readFileSync(join(root, "build", "sbom.cdx.json"), "utf8")) as Bill;
  expect(bill).toMatchObject({ bomFormat: "CycloneDX", metadata: { component: { name: "fiducial" } } });
  const listed = new Set(bill.components.map((component) => component["bom-ref"]));
  const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Parameters<
    typeof shippedPackages
  >[0];
  for (const { name, version } of shippedPackages(lock)) expect(listed).toContain(`${name}@${version}`);
  expect(bill.components.map(({ name }) => name)).not.toContain("vitest");
  const codecs = bill.components.find(({ name }) => name === "dcmjs-codecs");
  expect(codecs?.components).toContainEqual({
    type: "library",
    name: "libijg",
    version: "6b",
    licenses: [{ expression: "IJG" }],
  });
});

test("a package that is not on npm's bill, and a library inside one that does not ship, are errors", () => {
  const component = { type: "library", name: "main" };
  const bill = {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    metadata: { component },
    components: [],
    dependencies: [],
  };
  expect(() => completeBill(bill, "p", [{ name: "lost", version: "1.0.0" }], [])).toThrow("lost@1.0.0");
  expect(() => completeBill(bill, "p", [], [{ inside: "gone", name: "inner", licence: "MIT" }])).toThrow("gone");
});
