import { bytesSource, fingerprint } from "@fiducial/dicom";
import { asFromPacs, smallObject } from "@fiducial/dicom/phantom";
import { expect, test } from "vitest";
import { differencesOf } from "./version-comparison.ts";

const original = new Uint8Array(smallObject());
const of = (bytes: Uint8Array) => fingerprint(bytesSource(new Uint8Array(bytes)));

test("a copy from a PACS says what each attribute said before, and says now", async () => {
  const copy = asFromPacs(original, { accessionNumber: "A-2", institutionName: "Elsewhere", retrieveAeTitle: "PACS" });
  const { verdict, changes } = differencesOf(await of(original), await of(copy));
  expect(verdict).toBe("header-changed");
  const said = Object.fromEntries(changes.map(({ name, class: kind, before, after }) => [name, [kind, before, after]]));
  expect(said["Retrieve AE Title"]).toEqual(["coercible", undefined, "PACS"]);
  expect(said["Institution Name"]?.[2]).toBe("Elsewhere");
  expect(said["Accession Number"]?.[2]).toBe("A-2");
});

test("an altered copy is told as such, from either side; equal ones have no changes", async () => {
  // Samples stand at the end.
  const [one, other] = [
    await of(original),
    await of(original.map((byte, at, { length }) => (at === length - 2 ? byte ^ 1 : byte))),
  ];
  expect(differencesOf(one, other).verdict).toBe("altered");
  expect(differencesOf(other, one).verdict).toBe("altered");
  expect(differencesOf(one, one)).toEqual({ verdict: "identical", changes: [] });
});
