// Where copies went is told with a study and with the entry, and not where lists show open fields alone.
import { expect, test } from "vitest";
import { hospital } from "../scratch/scratch-hospital.ts";
import { study as detail } from "./imaging.ts";
import { entries, entry } from "./ledger.ts";

async function transferred(sealed: Readonly<Record<string, string>>) {
  const { node, study } = await hospital();
  const open = { study, direction: "sent", purpose: "TREAT", instances: 3, outcome: "completed" };
  const { index } = await node.operations.state(
    { kind: "imaging.study.transferred", open, sealed },
    { as: [], counterSigners: [] },
  );
  await node.projector.caughtUp(index + 1);
  const listed = entries(node, { study }).entries.find((one) => one.index === index);
  expect(listed).not.toHaveProperty("destination");
  const told = (await detail(node, study)).history.find((one) => one.index === index)?.destination;
  expect((await entry(node, index)).destination).toBe(told);
  return told;
}

test("a sealed destination", async () => {
  expect(await transferred({ destination: "ARCHIVE", protocol: "DIMSE" })).toBe("ARCHIVE");
});

test("none where none is stated", async () => {
  expect(await transferred({})).toBeUndefined();
  expect(await transferred({ destination: " " })).toBeUndefined();
});

test("a long one is cut", async () => {
  expect(await transferred({ destination: "A".repeat(500) })).toHaveLength(65);
});
