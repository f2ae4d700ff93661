import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { keepStudy } from "../../scratch/sample-study.ts";
import { scratchVault } from "../../scratch/scratch-vault.ts";
import { recentReadings } from "./recent-readings.ts";

function scratch() {
  const database = new DatabaseSync(":memory:");
  database.exec("CREATE TABLE number (value INTEGER); INSERT INTO number VALUES (1)");
  const recent = recentReadings(database);
  let reads = 0;
  const read = () => {
    reads++;
    return database.prepare("SELECT value FROM number").get()?.["value"];
  };
  return { database, recent, value: () => recent.of("value", read), reads: () => reads };
}

describe("a reading", () => {
  test("is made once, until something is written, whatever it is", () => {
    const { database, value, reads } = scratch();
    expect([value(), value(), reads()]).toEqual([1, 1, 1]);
    database.exec("UPDATE number SET value = 2");
    expect([value(), value(), reads()]).toEqual([2, 2, 2]);
    database.exec("DELETE FROM number");
    expect(value()).toBeUndefined();
  });

  test("of what a transaction takes back is not remembered", () => {
    const { database, value } = scratch();
    expect(value()).toBe(1);
    database.exec("BEGIN; UPDATE number SET value = 2");
    expect(value()).toBe(2);
    database.exec("ROLLBACK");
    expect(value()).toBe(1);
  });

  test("is made anew once it was let go, and when there were many others", () => {
    const { recent, value, reads } = scratch();
    value();
    recent.forget();
    value();
    expect(reads()).toBe(2);
    for (let other = 0; other < 64; other++) recent.of(`other ${other}`, () => other);
    value();
    expect(reads()).toBe(3);
  });
});

test("what was read of a study is read no more once it is corrected or forgotten", async () => {
  const { vault } = await scratchVault();
  const { study, subject, statement, studyUid, items } = await keepStudy(vault, { patientId: "1", size: 300 });
  const look = () => ({
    subject: vault.versionsOf({ sopInstanceUid: `${studyUid}.0` })[0]?.subject,
    item: vault.manifestItem(statement, 299),
  });
  expect([look(), look()]).toEqual(Array(2).fill({ subject, item: items[299] }));
  const right = await vault.write((writer) => {
    const other = writer.subjectOf({ issuer: "", patientId: "2" });
    writer.correctSubject(study, subject, other);
    return other;
  });
  expect(look()).toEqual({ subject: right, item: items[299] });
  await vault.forget(study);
  expect(look()).toEqual({ subject: undefined, item: undefined });
});
