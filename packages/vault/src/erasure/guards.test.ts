import { copyFileSync } from "node:fs";
import { remnants, valuesOnDisk } from "../../scratch/disk.ts";
import { testGuards } from "../../scratch/guards.ts";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";
import * as door from "../index.ts";

testGuards(door, [
  {
    title: "forgetting deletes the lookup of the patient's identity",
    mutant: [
      [
        "store/schema.ts",
        "lookup BLOB NOT NULL, subject INTEGER NOT NULL REFERENCES subject ON DELETE CASCADE, bond",
        "lookup BLOB NOT NULL, subject INTEGER NOT NULL, bond",
      ],
    ],
    holds: forgetsAllBytes,
  },
  {
    title: "forgetting deletes the lookups of objects",
    mutant: [
      [
        "store/schema.ts",
        "lookup BLOB NOT NULL, part INTEGER NOT NULL REFERENCES part ON DELETE CASCADE, item",
        "lookup BLOB NOT NULL, part INTEGER NOT NULL, item",
      ],
    ],
    holds: forgetsAllBytes,
  },
  {
    title: "what is deleted is overwritten and the file rewritten",
    mutant: [
      ["store/schema.ts", "PRAGMA secure_delete = ON;", ""],
      [
        "vault.ts",
        "const forgotten = inTransaction(database, () => destroy(handles));\n        if (isScrubDue(database)) await scrub(path);",
        "const forgotten = inTransaction(database, () => destroy(handles));",
      ],
    ],
    holds: forgetsAllBytes,
  },
  {
    title: "recorded erasures are applied before anybody reads",
    mutant: [["vault.ts", "    rooms.destroy(handles);\n", "    void handles;\n"]],
    holds: async ({ openVault }) => {
      const { vault, path, reopen } = await scratchVault(openVault);
      const { subject, statement } = await keepStudy(vault, { patientId: "A" });
      await vault.backup(`${path}.backup`);
      await vault.forget(subject);
      await vault.close();
      copyFileSync(`${path}.backup`, path);
      return (await reopen({ erased: [subject] })).disclosures(statement) === undefined;
    },
  },
  {
    title: "the wrong subject's headers and name do not go over to the right one",
    mutant: [["erasure/subject-correction.ts", "if (nothingStays)", "if (nothingStays || true)"]],
    holds: async ({ openVault }) => {
      const { vault } = await scratchVault(openVault);
      const { subject, study, statement } = await keepStudy(vault, { patientId: "wrong" });
      await vault.write((writer) =>
        writer.correctSubject(study, subject, writer.subjectOf({ issuer: "", patientId: "right" })),
      );
      await vault.forget(subject);
      return (
        vault.header(statement, 0) === undefined && vault.disclosures(statement)?.disclosures["subject"] === undefined
      );
    },
  },
]);

async function forgetsAllBytes({ openVault }: typeof door): Promise<boolean> {
  const { vault, path } = await scratchVault(openVault);
  await keepStudy(vault, { patientId: "B" });
  const before = new Set(valuesOnDisk(path).map(({ value }) => value.toString("hex")));
  const { subject } = await keepStudy(vault, { patientId: "A", size: 300 });
  const values = valuesOnDisk(path).map(({ value }) => value);
  const ofSubject = values.filter((value) => !before.has(value.toString("hex")));
  await vault.forget(subject);
  return ofSubject.length > 600 && remnants(path, ofSubject).length === 0;
}
