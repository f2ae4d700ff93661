// Files that are registered objects in another head: they are versions, and whoever takes them in is told that nothing differs that counts.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { scratchNode } from "../scratch/scratch-node.ts";

test("objects that came before under another preamble are counted as versions, those that are new are not", async () => {
  const scratch = scratchNode();
  const node = await scratch.open();
  const attributes = { StudyInstanceUID: "2.25.1", SeriesInstanceUID: "2.25.1.1" };
  const bytesOf = (object: string) =>
    smallObject({ seed: object, attributes: { ...attributes, SOPInstanceUID: `2.25.1.1.${object}` } });
  const folder = (name: string, objects: readonly string[], first: number) => {
    mkdirSync(join(scratch.folder, name));
    for (const object of objects) {
      const bytes = Uint8Array.from(bytesOf(object));
      bytes[0] = first;
      writeFileSync(join(scratch.folder, name, object), bytes);
    }
    return join(scratch.folder, name);
  };
  const [first] = (await node.ingest([folder("one", ["1", "2"], 0)])).studies;
  expect(first).toMatchObject({ instances: 2, known: 0 });
  expect(first).not.toHaveProperty("versions");
  const again = await node.ingest([folder("two", ["1", "2", "3"], 7)]);
  expect(again.studies).toMatchObject([{ study: first?.study, instances: 3, known: 0, versions: 2 }]);
});
