import { expect, test } from "vitest";
import { formatsOf, localTimeText, shortHex, statedTime, utcText, zoneText } from "./formats.ts";

const en = formatsOf("en-GB", "Europe/Berlin");
const de = formatsOf("de-DE", "Europe/Berlin");
const time = "2026-11-18T07:44:09.214Z";

test("times stand in the reader's time zone", () => {
  expect(en.clock(time)).toBe("08:44");
  expect(en.clockSeconds(time)).toBe("08:44:09");
  expect(en.full(time)).toBe("Wed 18 Nov 2026, 08:44:09");
  expect(en.moment(time, new Date("2026-12-01"))).toBe("18 Nov, 08:44");
  expect(en.moment(time, new Date("2027-12-01"))).toBe("18 Nov 2026, 08:44");
  expect(de.full(time)).toBe("Mi. 18. Nov. 2026, 08:44:09");
});

test("a time without an offset stays where it is", () => {
  expect(localTimeText("2026-11-18T23:59:00.000", "en-GB")).toBe("Wed 18 Nov 2026, 23:59:00");
});

test("figures have the language's marks", () => {
  expect(en.count(54_468)).toBe("54,468");
  expect(de.count(54_468)).toBe("54.468");
  expect([0, 999, 528_402, 1_249_000, 211_000_000, 5e13].map(en.bytes)).toEqual([
    "0 bytes",
    "999 bytes",
    "528 kB",
    "1.2 MB",
    "211 MB",
    "50 TB",
  ]);
});

test("a time in UTC says so", () => {
  expect(utcText("2026-11-18T08:44:09.000Z", "en-GB")).toBe("Wed 18 Nov 2026, 08:44:09 UTC");
});

test("ages have one unit", () => {
  const now = new Date("2026-11-18T08:00:00.000Z");
  const ago = (ms: number) => en.age(new Date(now.getTime() - ms).toISOString(), now);
  expect([-5000, 1500, 61_000, 7_300_000, 200_000_000].map(ago)).toEqual(["0 s", "1 s", "1 min", "2 h", "2 d"]);
});

test("a digest is shortened in the middle, a short one not at all", () => {
  expect(shortHex(`9f2c${"0".repeat(56)}e07b`)).toBe("9f2c…e07b");
  expect(shortHex("9f2ce07b")).toBe("9f2ce07b");
});

test("a stated time keeps its own clock and names its zone", () => {
  expect(statedTime("2026-11-21T08:34:00+01:00", "en-GB")).toEqual({
    local: "Sat 21 Nov 2026, 08:34:00",
    zone: "UTC+01:00",
  });
  expect(statedTime("2026-11-21T08:34:00.000Z", "en-GB")?.zone).toBe("UTC");
  expect(statedTime("2026-11-21T08:34:00", "en-GB")?.zone).toBe("");
  expect(statedTime("2026-13-45T08:34:00Z", "en-GB")).toBeUndefined();
  expect(statedTime("yesterday", "en-GB")).toBeUndefined();
});

test("the offset of a zone is that of the time it stands behind", () => {
  const [winter, summer] = ["2026-01-18T08:00:00.000Z", "2026-07-18T08:00:00.000Z"];
  expect([winter, summer].map((time) => zoneText(time, "Europe/Vienna"))).toEqual(["UTC+01:00", "UTC+02:00"]);
  expect([winter, summer].map((time) => zoneText(time, "UTC"))).toEqual(["UTC", "UTC"]);
  expect(zoneText(winter, "Asia/Kolkata")).toBe("UTC+05:30");
});
