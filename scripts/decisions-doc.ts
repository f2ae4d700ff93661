// Writes docs/decisions/README.md from the records beside it. With --check it only compares.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { decisionIndex } from "./documents/decision-index.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const folder = join(import.meta.dirname, "..", "docs", "decisions");
const files = readdirSync(folder).filter((file) => file.endsWith(".md") && file !== "README.md");
const records = files.map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
writeOrCheck(join(folder, "README.md"), decisionIndex(records), "node scripts/decisions-doc.ts");
