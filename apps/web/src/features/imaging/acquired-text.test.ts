import { expect, test } from "vitest";
import { formatsOf } from "../../i18n/formats.ts";
import { acquiredText } from "./acquired-text.ts";

const formats = formatsOf("en-GB", "UTC");
const text = (acquired: string | undefined) => acquiredText(acquired, formats, "en");

test("a time with its offset stands in the reader's, one without stays where it is", () => {
  expect(text("2026-11-21T08:41:00.000+01:00")).toBe("Sat 21 Nov 2026, 07:41");
  expect(text("2026-11-21T08:41:00.000")).toBe("Sat 21 Nov 2026, 08:41");
});

test("what cannot be read is given back, nothing stays nothing", () => {
  expect(text("20261121")).toBe("20261121");
  expect([text(undefined), text(" ")]).toEqual([undefined, undefined]);
});
