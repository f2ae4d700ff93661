import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allowedLicences, licenceExceptions } from "./licences/allowed-licences.ts";
import { bundledLibraries } from "./licences/bundled-libraries.ts";
import { isAllowed, licenceFaults, shippedPackages } from "./licences/licence-check.ts";

const root = join(import.meta.dirname, "..");
const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as Parameters<typeof shippedPackages>[0];

test("every package that ships has a licence that may ship", () => {
  const packages = shippedPackages(lock);
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(["fastify", "zod", "sodium-native"]));
  expect(packages.map(({ name }) => name)).not.toContain("vitest");
  expect(licenceFaults(packages, bundledLibraries, allowedLicences, licenceExceptions)).toEqual([]);
});

test("NOTICE names every bundled library and every exception", () => {
  const notice = readFileSync(join(root, "NOTICE"), "utf8");
  for (const { name } of [...bundledLibraries, ...licenceExceptions]) expect(notice).toContain(name);
});

test("another licence, none, a library out of place and an exception without use are named", () => {
  const packages = [
    { name: "free", version: "1.0.0", licence: "MIT" },
    { name: "copyleft", version: "2.0.0", licence: "GPL-3.0-only" },
    { name: "nameless", version: "3.0.0", licence: "" },
    { name: "font", version: "4.0.0", licence: "OFL-1.1" },
  ];
  const exceptions = [
    { name: "font", licence: "OFL-1.1", reason: "A font." },
    { name: "copyleft", licence: "LGPL-3.0-only", reason: "Another licence than it has." },
  ];
  const libraries = [
    { inside: "free", name: "inner", licence: "IJG" },
    { inside: "gone", name: "lost", licence: "MIT" },
  ];
  expect(licenceFaults(packages, libraries, allowedLicences, exceptions)).toEqual([
    "copyleft@2.0.0 has the licence 'GPL-3.0-only', which is not allowed",
    "nameless@3.0.0 has the licence '', which is not allowed",
    "inner has the licence 'IJG', and no reason is given",
    "lost is said to be inside gone, which does not ship",
    "no package needs the exception for copyleft",
  ]);
});

test("of alternatives one has to be allowed, of parts all", () => {
  const allowed = new Set(["MIT", "Zlib"]);
  expect(isAllowed("(MIT OR GPL-2.0-only)", allowed)).toBe(true);
  expect(isAllowed("(MIT AND Zlib)", allowed)).toBe(true);
  expect(isAllowed("MIT AND GPL-2.0-only", allowed)).toBe(false);
  expect(isAllowed("GPL-2.0-only", allowed)).toBe(false);
});
