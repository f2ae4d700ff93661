// Keeps the import rules in ARCHITECTURE.md equal to dependency-cruiser.config.ts. With --check it only compares.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import config from "../dependency-cruiser.config.ts";
import { importRuleLines } from "./documents/import-rules.ts";
import { withRegion } from "./documents/region.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const path = join(import.meta.dirname, "..", "ARCHITECTURE.md");
const page = withRegion(readFileSync(path, "utf8"), "import rules", importRuleLines(config.forbidden));
writeOrCheck(path, page, "node scripts/architecture-doc.ts");
