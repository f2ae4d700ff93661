// Keeps the import rules in ARCHITECTURE.md equal to dependency-cruiser.config.ts. With --check it only compares.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import config from "../dependency-cruiser.config.ts";
import { importRuleLines } from "./documents/import-rules.ts";
import { withRegion } from "./documents/region.ts";
import { writeOrCheck } from "./documents/written-page.ts";

const root = join(import.meta.dirname, "..");
const path = join(root, "ARCHITECTURE.md");
const lines = importRuleLines(config.forbidden, (workspace) => existsSync(join(root, workspace, "package.json")));
writeOrCheck(path, withRegion(readFileSync(path, "utf8"), "import rules", lines), "node scripts/architecture-doc.ts");
