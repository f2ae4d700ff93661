import { expect, test } from "vitest";
import { acquiredText } from "./acquired-text.ts";

const text = (acquired: string | undefined) => acquiredText(acquired, "en");

test("a time stays the device's own, and names its offset where it has one", () => {
  expect(text("2026-11-21T08:41:00.000+01:00")).toBe("Sat 21 Nov 2026, 08:41 UTC+01:00");
  expect(text("2026-11-21T08:41:00.000Z")).toBe("Sat 21 Nov 2026, 08:41 UTC");
  expect(text("2026-11-21T08:41:00.000")).toBe("Sat 21 Nov 2026, 08:41");
});

test("what cannot be read is given back, nothing stays nothing", () => {
  expect(text("20261121")).toBe("20261121");
  expect(text("2026-99-21T08:41:00")).toBe("2026-99-21T08:41:00");
  expect([text(undefined), text(" ")]).toEqual([undefined, undefined]);
});
