import { expect, test } from "vitest";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";
import type { Standing } from "./orphans.ts";

test("statements that never reached a ledger are cleaned away; accepted ones are not asked about again, waiting ones are", async () => {
  const { vault } = await scratchVault();
  const [accepted, waiting, gone] = [
    await keepStudy(vault, { patientId: "A" }),
    await keepStudy(vault, { patientId: "A" }),
    await keepStudy(vault, { patientId: "A", size: 300 }),
  ];
  const standings = new Map<string, Standing>([
    [accepted.statement, "accepted"],
    [waiting.statement, "waiting"],
    [gone.statement, "gone"],
  ]);
  const asked: string[] = [];
  const standingOf = (statement: string) => {
    asked.push(statement);
    return standings.get(statement) as Standing;
  };
  expect(await vault.removeOrphans(standingOf)).toEqual({ accepted: 1, waiting: 1, gone: 1 });
  expect(vault.disclosures(accepted.statement)?.disclosures).toEqual(accepted.disclosures);
  expect(vault.disclosures(waiting.statement)?.disclosures).toEqual(waiting.disclosures);
  expect(vault.disclosures(gone.statement)).toBeUndefined();
  expect(vault.versionsOf({ sopInstanceUid: `${gone.studyUid}.0` })).toEqual([]);
  asked.length = 0;
  expect(await vault.removeOrphans(async (statement) => standingOf(statement))).toEqual({
    accepted: 0,
    waiting: 1,
    gone: 0,
  });
  expect(asked).toEqual([waiting.statement]);
});

test("a subject's correction leaves a statement as settled as it was", async () => {
  const { vault } = await scratchVault();
  const { study, subject } = await keepStudy(vault, { patientId: "wrong" });
  await vault.removeOrphans(() => "accepted");
  await vault.write((writer) =>
    writer.correctSubject(study, subject, writer.subjectOf({ issuer: "", patientId: "right" })),
  );
  expect(await vault.removeOrphans(() => "gone")).toEqual({ accepted: 0, waiting: 0, gone: 0 });
});
