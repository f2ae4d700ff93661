import { expect, test } from "vitest";
import { personName } from "./person-name.ts";

test.each([
  ["Demo^Patient 0417", "Demo, Patient 0417"],
  ["Adams^John Robert Quincy^^Rev.^B.A. M.Div.", "Rev. Adams B.A. M.Div., John Robert Quincy"],
  ["Yamada^Tarou=山田^太郎=やまだ^たろう", "Yamada, Tarou"],
  ["^^^^=山田^太郎", "山田, 太郎"],
  ["Demo", "Demo"],
  ["", ""],
])("%j", (written, read) => {
  expect(personName(written)).toBe(read);
});
