import { grants } from "@fiducial/api";
import { expect, test } from "vitest";
import { destinations, destinationsOf, homeOf, neededAt } from "./destinations.ts";

test.each(["patient", "referrer", "reader", "ai-developer", "educator"] as const)("%s begins at Verify", (role) => {
  const { permissions } = grants[role];
  expect(homeOf(permissions)).toBe("/verify");
  expect(destinationsOf(permissions).map(({ page }) => page)).toEqual(["verify", "help"]);
});

test("who reads the ledger begins at the overview, and so does everybody until the node has said who it is", () => {
  expect(homeOf(grants.auditor.permissions)).toBe("/");
  expect(destinationsOf(grants.auditor.permissions).map(({ page }) => page)).not.toContain("studies");
  expect(homeOf(undefined)).toBe("/");
  expect(destinationsOf(undefined)).toEqual(destinations);
});

test.each([
  ["/", "ledger.read"],
  ["/studies", "studies.read"],
  ["/studies/$study", "studies.read"],
  ["/studiesque", undefined],
  ["/verify", undefined],
  ["__root__", undefined],
])("%s needs %s", (path, permission) => {
  expect(neededAt(path)).toBe(permission);
});
