// The table of settings: names of its own for each, and a sentence for whatever can be wrong.
import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";
import { configurationProblems, problemLine } from "./problems.ts";
import { settings } from "./settings.ts";

test("every setting has an environment name and an option of its own, and says what it does", () => {
  for (const names of [
    settings.map(({ environment }) => environment),
    settings.flatMap(({ notes }) => notes.flag ?? []),
  ])
    expect(new Set(names).size).toBe(names.length);
  for (const { path, notes, allowed, members } of settings) {
    for (const says of [notes.says, ...members.map((member) => member.says)])
      expect(says, path).toMatch(/^[A-Z].*[.]$/s);
    expect(allowed, path).not.toBe("");
  }
  expect(settings.find(({ path }) => path === "signIn.clientSecretFile")?.environment).toBe(
    "FIDUCIAL_SIGN_IN_CLIENT_SECRET_FILE",
  );
});

test("every problem has a sentence", () => {
  for (const code of Object.keys(configurationProblems) as (keyof typeof configurationProblems)[])
    expect(problemLine({ code, setting: "a.b", where: "f:1:1" })).toMatch(/^a\.b \(f:1:1\): [A-Z].*\.$/);
});

test("the nearest name is one that is near", () => {
  const names = ["port", "host", "publicUrl"];
  expect(["prot", "Port", "publicURL", "publikUrl", "x", ""].map((given) => nearest(given, names))).toEqual([
    "port",
    "port",
    "publicUrl",
    "publicUrl",
    undefined,
    undefined,
  ]);
});
