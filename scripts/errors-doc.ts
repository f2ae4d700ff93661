// Writes docs/errors.md from every table of codes in the sources. With --check it only compares.

import { join } from "node:path";
import { writeOrCheck } from "./documents/written-page.ts";
import { codeSources } from "./errors/code-sources.ts";
import { errorPage } from "./errors/error-page.ts";
import { codesOfTwoMeanings } from "./errors/shared-codes.ts";

const clashes = codesOfTwoMeanings(codeSources);
for (const clash of clashes) console.log(clash);
const path = join(import.meta.dirname, "..", "docs", "errors.md");
writeOrCheck(path, errorPage(codeSources), "node scripts/errors-doc.ts");
if (clashes.length > 0) process.exitCode = 1;
