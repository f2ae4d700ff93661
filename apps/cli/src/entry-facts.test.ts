import { expect, test } from "vitest";
import { entryFacts } from "./entry-facts.ts";

const handle = "0123456789abcdef0123456789abcdef";

test("what stands behind a sentence has what that leaves out", () => {
  const open = { study: handle, modalities: ["CT", "SR"], series: 2, instances: 1200, manifest: handle };
  expect(entryFacts(open)).toEqual(["study 0123456789abcdef…", "manifest 0123456789abcdef…"]);
});

test("a role, a reason and a time are told as they are; what has parts of its own is left to the JSON", () => {
  const open = {
    actor: handle,
    role: "data-steward",
    until: "2036-01-01T00:00:00.000Z",
    key: { algorithm: "Ed25519" },
  };
  expect(entryFacts(open)).toEqual(["actor 0123456789abcdef…", "role data-steward", "until 2036-01-01T00:00:00.000Z"]);
});
