import type { Actor } from "@fiducial/api";
import { expect, test } from "vitest";
import { de } from "../../i18n/de.ts";
import { en } from "../../i18n/en.ts";
import { memberTitle } from "./member-words.ts";

const handle = "a".repeat(32);
const actor: Actor = {
  actor: handle,
  type: "device",
  organization: handle,
  name: "CT 2",
  index: 3,
  keys: [],
  roles: [],
};
const anna: Actor = { ...actor, type: "person", name: "Anna Example" };

test("a device is called by its name", () => {
  expect(memberTitle(actor, en)).toBe("CT 2");
  const { name: _, ...nameless } = actor;
  expect(memberTitle(nameless, en)).toBe(en.identity.unnamed);
});

test("a person is called by the roles held, never by name", () => {
  const roles = [
    { role: "radiologist", index: 4 },
    { role: "auditor", index: 5, withdrawnBy: 9 },
    { role: "administrator", index: 6 },
  ];
  expect(memberTitle({ ...anna, roles }, en)).toBe("Radiologist, PACS administrator");
  for (const t of [en, de]) expect(memberTitle(anna, t)).toBe(t.identity.noRole);
});
