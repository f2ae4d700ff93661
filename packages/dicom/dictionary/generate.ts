// Writes what attribute-rows.ts makes of the dictionary that dcmjs ships: `node packages/dicom/dictionary/generate.ts`. A test holds the files against it.
import { writeFileSync } from "node:fs";
import { attributeTableSource, valueClassesJson } from "./attribute-rows.ts";

writeFileSync(new URL("../src/dictionary/attribute-table.ts", import.meta.url), attributeTableSource());
writeFileSync(new URL("../../../vectors/fingerprints/value-classes.json", import.meta.url), valueClassesJson());
