// Every phantom, judged by programs that share no code with its writer: dicom3tools (dciodvfy, dcentvfy) and DCMTK (dcmdump, dsrdump).
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asFromPacs, withPixelErased } from "../../packages/dicom/src/phantom/alter.ts";
import { phantomStudies } from "../../packages/dicom/src/phantom/phantom.ts";
import { smallObject } from "../../packages/dicom/src/phantom/small-object.ts";
import { run } from "../../scripts/test/process.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-phantoms-"));
const studies = phantomStudies({
  seed: "northlake",
  startedAt: "2026-11-18T08:00:00+01:00",
  uidRoot: "2.25",
  patients: 3,
});
const files: string[] = [];

beforeAll(() => {
  for (const study of studies) {
    mkdirSync(join(folder, study.name));
    for (const { fileName, bytes } of study.objects) keep(join(study.name, fileName), bytes);
  }
  mkdirSync(join(folder, "small"));
  keep(join("small", "ct.dcm"), smallObject());
  keep(join("small", "sc.dcm"), smallObject({ kind: "SC", seed: "sc" }));
  keep(
    join("small", "implicit.dcm"),
    smallObject({ seed: "implicit", form: { transferSyntax: "implicit", sequences: "undefined" } }),
  );
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(missing("dciodvfy"))("dciodvfy (Debian package dicom3tools)", () => {
  test("finds no error and nothing to warn of in any phantom", async () => {
    expect(files).toHaveLength(79);
    for (const file of files)
      expect([file, await complaints("dciodvfy", ["-new", join(folder, file)])]).toEqual([file, []]);
  });

  test("finds no error in copies altered on purpose, and warns only of what a PACS added", async () => {
    const study = studies.find(({ name }) => name === "ct-chest");
    const [mark] = study?.marks ?? [];
    const slice = [...(study?.objects ?? [])].find(({ fileName }) => fileName === mark?.fileName);
    if (mark === undefined || slice === undefined) throw new Error("no slice with a nodule");
    const coerced = asFromPacs(slice.bytes, {
      accessionNumber: "N-1",
      institutionName: "Northlake",
      retrieveAeTitle: "PACS1",
    });
    for (const [name, bytes] of [
      ["coerced.dcm", coerced],
      ["erased.dcm", withPixelErased(slice.bytes, mark)],
    ] as const) {
      writeFileSync(join(folder, name), bytes);
      const found = await complaints("dciodvfy", ["-new", join(folder, name)]);
      expect([name, found.filter((line) => !line.includes("RetrieveAETitle"))]).toEqual([name, []]);
    }
  });
});

// dcentvfy files the accession number of a CT under its series and that of an SR under its study, and says so for each pair.
describe.skipIf(missing("dcentvfy"))("dcentvfy (Debian package dicom3tools)", () => {
  test("finds patients, studies, series and equipment consistent", async () => {
    const all = files.filter((file) => !file.startsWith("small")).map((file) => join(folder, file));
    const found = await complaints("dcentvfy", all);
    expect(found.filter((line) => !/Different information entities .*<AccessionNumber>/.test(line))).toEqual([]);
  });
});

describe.skipIf(missing("dcmdump"))("dcmdump (Debian package dcmtk)", () => {
  test("reads every file without a word", async () => {
    for (const file of files) {
      const { code, output } = await run("dcmdump", ["--quiet", "--search", "SOPInstanceUID", join(folder, file)]);
      expect([file, code, output.match(/SOPInstanceUID/g)?.length ?? 0, /^[EWF]: /m.test(output)]).toEqual([
        file,
        0,
        1,
        false,
      ]);
    }
  });
});

describe.skipIf(missing("dsrdump"))("dsrdump (Debian package dcmtk)", () => {
  test("reads the report as a content tree", async () => {
    const { code, output } = await run("dsrdump", [join(folder, "sr-chest", "SR-0001.dcm")]);
    expect(code, output).toBe(0);
    for (const section of ["History", "Findings", "Impressions", "Recommendations"])
      expect(output).toContain(`"${section}"`);
    expect(output).toMatch(/NUM:\(,,"Diameter"\)="8" \(mm,UCUM,"mm"\)/);
    expect(
      output.split("\n").filter((line) => /^[EWF]: /.test(line) && !line.includes("Specific Character Set")),
    ).toEqual([]);
  });
});

function keep(file: string, bytes: Uint8Array): void {
  writeFileSync(join(folder, file), bytes);
  files.push(file);
}

async function complaints(program: string, parameters: readonly string[]): Promise<string[]> {
  const { output } = await run(program, [...parameters]);
  return output.split("\n").filter((line) => /Error|Warning/.test(line));
}

function missing(program: string): boolean {
  return !(process.env["PATH"] ?? "").split(delimiter).some((part) => existsSync(join(part, program)));
}
