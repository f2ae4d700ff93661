import { expect, test } from "vitest";
import { missingFrom } from "./install.ts";

test("a package counts as there only when dpkg calls it installed", () => {
  const answer = "chromium ii \ndcmtk rc \northanc un \ndpkg-query: no packages found matching strace\n";
  expect(missingFrom(["chromium", "dcmtk", "orthanc", "strace"], answer)).toEqual(["dcmtk", "orthanc", "strace"]);
});
