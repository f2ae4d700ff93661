// An object that was registered in very many versions.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { lookup } from "../routes/imaging.ts";
import { scratchNode } from "../scratch/scratch-node.ts";
import { turnsDuring } from "../scratch/turns.ts";

test("is verified and looked up with turns for others between them", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const paths = Array.from({ length: 40 }, (_, at) => {
    const path = join(scratch.folder, `${at}.dcm`);
    writeFileSync(path, smallObject({ attributes: { StudyID: String(at) } }));
    return path;
  });
  await node.ingest(paths);
  const verifying = await turnsDuring(() => node.verify(paths[7] as string));
  expect(verifying.result).toMatchObject({ verdict: "identical", harmless: true });
  expect(verifying.turns).toBeGreaterThanOrEqual(paths.length);
  const { result } = verifying;
  const record = node.vault.manifestItem(result.statementId ?? "", result.item ?? 0)?.value;
  const { sopInstanceUid } = record as { sopInstanceUid: string };
  const looking = await turnsDuring(() => lookup(node, { sopInstanceUid }, {}));
  expect(looking.result.versions).toHaveLength(paths.length);
  expect(looking.turns).toBeGreaterThanOrEqual(paths.length);
});
