// The DICOM JSON Model of every file at hand, as written here and by pydicom: equal, but for what is listed.

import { execFileSync } from "node:child_process";
import { globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { dicomJsonText } from "../../packages/dicom/src/dicomweb/json-model.ts";
import { objectJson } from "../../packages/dicom/src/dicomweb/object-json.ts";
import { smallObject } from "../../packages/dicom/src/phantom/index.ts";
import { openFile } from "../../packages/dicom/src/reading/file-source.ts";
import { readObject } from "../../packages/dicom/src/reading/object.ts";
import { pydicomData, sharedData } from "../../scripts/shared-data.ts";
import { pythonWith } from "../python.ts";
import { allowed, type Model } from "./allowed-differences.ts";

const folder = mkdtempSync(join(tmpdir(), "fiducial-dicomweb-"));
afterAll(() => rmSync(folder, { recursive: true }));
const python = await pythonWith("dicomweb");
const files = [
  ...phantoms(),
  ...globSync(join(sharedData() ?? "none", "dicom", "valid", "*.dcm")),
  ...globSync(join(pydicomData() ?? "none", "*.dcm")),
];
const models = "path" in python ? modelsOfPydicom(python.path) : [];

test.skipIf("missing" in python)(`pydicom is at hand${"missing" in python ? ` (${python.missing})` : ""}`, () => {
  expect(models.length).toBeGreaterThan(0);
});

test.each(models.map(({ file, model }) => [basename(file), file, model] as const))(
  "%s",
  async (_name, file, theirs) => {
    const ours = await modelOf(file);
    if (ours === undefined) return;
    expect(differences(ours, theirs, "")).toEqual([]);
  },
);

async function modelOf(path: string): Promise<Model | undefined> {
  await using source = await openFile(path);
  const object = await readObject(source).catch(() => undefined);
  if (object === undefined) return undefined;
  const options = { bulkDataUri: (at: string) => at, inlineBytes: Number.POSITIVE_INFINITY };
  return JSON.parse(dicomJsonText(objectJson(object, options))) as Model;
}

/** Where two models differ and no rule allows it. */
function differences(ours: Model, theirs: Model, path: string): string[] {
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].sort().flatMap((tag) => {
    const [our, their] = [ours[tag], theirs[tag]];
    if (allowed(tag, our, their)) return [];
    const place = `${path}${tag}`;
    if (our?.vr === "SQ" && their?.vr === "SQ" && our.Value?.length === their.Value?.length)
      return (our.Value ?? []).flatMap((item, at) =>
        differences(item as Model, their.Value?.[at] as Model, `${place}/${at + 1}/`),
      );
    const [left, right] = [JSON.stringify(our), JSON.stringify(their)];
    return left === right ? [] : [`${place}: ${left?.slice(0, 200)} against ${right?.slice(0, 200)}`];
  });
}

function modelsOfPydicom(interpreter: string): { file: string; model: Model }[] {
  const lines = execFileSync(interpreter, [join(import.meta.dirname, "json-model.py"), ...files], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  return lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { file: string; model: Model; error?: string })
    .filter(({ error }) => error === undefined);
}

function phantoms(): string[] {
  const bytes = [
    smallObject({ seed: "ct", attributes: { PatientName: "Bergström^Anneliese=山田^太郎" } }),
    smallObject({ seed: "sc", kind: "SC", attributes: { PatientComments: "one\\two", SeriesDescription: "three " } }),
  ];
  return bytes.map((object, at) => {
    const path = join(folder, `phantom-${at}.dcm`);
    writeFileSync(path, object);
    return path;
  });
}
