import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compactModule } from "./compact-dictionary.ts";

const packages = new URL("../../../packages/dicom/src/", import.meta.url);
const source = readFileSync(new URL("dictionary/attribute-table.ts", packages), "utf8");
const classes = JSON.parse(
  readFileSync(new URL("../../../vectors/fingerprints/value-classes.json", import.meta.url), "utf8"),
) as Readonly<Record<"text" | "sequence" | "binary", readonly string[]>>;

const users = 'const a = ["PatientName", "AccessionNumber"]; const b = { RetrieveAETitle: "always" };';
const code = compactModule(source, users);

async function unpacked(): Promise<readonly string[]> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly attributeTable: string;
  };
  return module.attributeTable.split("\n").filter((row) => row !== "");
}

test("every attribute keeps the class of its value, by which fingerprints are made", async () => {
  const found: Record<string, string[]> = { text: [], sequence: [], binary: [] };
  let group = "";
  for (const row of await unpacked()) {
    const [, element, vr = ""] = /^([0-9A-FX]{4})([A-Za-z]{2})/.exec(row) ?? [];
    if (element === undefined) group = row;
    else
      found[vr === "SQ" ? "sequence" : /^(?:LO|CS|UI)$/.test(vr) ? "text" : "binary"]?.push(
        `${group}${element}`.toLowerCase(),
      );
  }
  for (const name of ["text", "sequence", "binary"] as const)
    expect(found[name]?.sort()).toEqual([...classes[name]].sort());
});

test("keywords stay where they are asked for, and nowhere else", async () => {
  const named = (await unpacked()).filter((row) => row.length > 6);
  expect(named).toEqual(["0050LOAccessionNumber", "0054CSRetrieveAETitle", "0010LOPatientName"]);
});

test("the table is a seventh of its size", () => {
  expect(code.length).toBeLessThan(source.length / 7);
});
