import { describe, expect, test } from "vitest";
import { tamper } from "../../scratch/disk.ts";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";

describe("whoever can write to the file and has no key is noticed", () => {
  test.each([
    [
      "a bit of a part",
      "UPDATE part SET content = CAST(substr(content, 1, 20) || x'00' || substr(content, 22) AS BLOB)",
    ],
    [
      "parts exchanged",
      "UPDATE part SET content = (SELECT content FROM part AS other WHERE other.id = 3 - part.id) WHERE id < 3",
    ],
    [
      "a part under another statement",
      "UPDATE part SET statement = (SELECT statement FROM part WHERE id = 2) WHERE id = 1; DELETE FROM part WHERE id = 2",
    ],
    [
      "chunks exchanged",
      "UPDATE chunk SET items = (SELECT items FROM chunk AS other WHERE other.part = 3 - chunk.part AND other.first = chunk.first LIMIT 1) WHERE part < 3",
    ],
    [
      "chunks of one list exchanged",
      "UPDATE chunk SET items = (SELECT items FROM chunk AS other WHERE other.list = chunk.list AND other.first = 256 - chunk.first AND other.count = chunk.count) WHERE count = 256",
    ],
    ["a list cut short", "DELETE FROM chunk WHERE first > 0"],
    ["a list begun later", "UPDATE chunk SET first = first + 1"],
    [
      "a subject's key exchanged",
      "UPDATE subject SET key = (SELECT key FROM subject AS other WHERE other.id = 3 - subject.id) WHERE id < 3",
    ],
  ])("%s", async (_title, sql) => {
    const { vault, path, reopen } = await scratchVault();
    const a = await keepStudy(vault, { patientId: "A", size: 512 });
    const b = await keepStudy(vault, { patientId: "A", size: 512 });
    await keepStudy(vault, { patientId: "B" });
    await vault.close();
    tamper(path, sql);
    const changed = await reopen();
    const readAll = () =>
      [a, b].flatMap(({ statement, headers }) => [
        changed.disclosures(statement),
        ...changed.manifest(statement),
        ...headers.map((_, place) => place % 64 === 0 && changed.header(statement, place)),
      ]);
    expect(readAll).toThrow(expect.objectContaining({ code: "VAULT_CORRUPT" }));
  });
});
