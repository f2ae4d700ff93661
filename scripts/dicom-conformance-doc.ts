// Keeps the tables of docs/dicom-conformance.md equal to the code. With --check it only compares.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { limitLines, statusLines, storageClassLines } from "./documents/dicom-conformance.ts";
import { withRegion } from "./documents/region.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const path = join(import.meta.dirname, "..", "docs", "dicom-conformance.md");
const tables = { "storage classes": storageClassLines(), statuses: statusLines(), limits: limitLines() };
const page = Object.entries(tables).reduce(
  (text, [name, lines]) => withRegion(text, name, lines),
  readFileSync(path, "utf8"),
);
writeOrCheck(path, page, "node scripts/dicom-conformance-doc.ts");
