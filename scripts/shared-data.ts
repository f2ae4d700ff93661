// Where tests find real files that are never part of this repository.

import { existsSync } from "node:fs";
import { join } from "node:path";

/** Returns the folder of shared test data beside the repository (each subfolder has a MANIFEST.tsv), or undefined. */
export function sharedData(): string | undefined {
  return present(join(import.meta.dirname, "..", "..", "shared", "data"));
}

/** Returns the folder of DICOM files in Debian's python3-pydicom package, or undefined when it is not installed. */
export function pydicomData(): string | undefined {
  return present("/usr/lib/python3/dist-packages/pydicom/data/test_files");
}

function present(folder: string): string | undefined {
  return existsSync(folder) ? folder : undefined;
}
