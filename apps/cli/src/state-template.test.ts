// The form of every kind that can be stated: complete, and never taken as it is.
import { newestContract, vocabulary } from "@fiducial/contract";
import { commandOf } from "@fiducial/node";
import { describe, expect, test } from "vitest";
import { state } from "./commands/state.ts";
import { placeholderAt, templateOf, unfilled } from "./state-template.ts";

const entries = vocabulary();

describe("the form", () => {
  test.each(entries)("of $kind has each of its fields, and placeholders at every end", (entry) => {
    const form = templateOf(entry);
    for (const part of ["open", "sealed"] as const) {
      const { properties = {} } = entry[part] as { properties?: object };
      expect(Object.keys(form[part] ?? {})).toEqual(Object.keys(properties));
    }
    const ends = JSON.stringify(form).match(/"<[^"]+>"/g) ?? [];
    expect(ends.length).toBeGreaterThan(0);
    expect(unfilled(form, form)).toBeDefined();
  });

  test("says what belongs where, and what may be left out", () => {
    const form = templateOf(entries.find(({ kind }) => kind === "imaging.study.derived") ?? never());
    expect(placeholderAt(form, ["open", "method"])).toBe(
      "<de-identified | transcoded | segmented | reformatted | enhanced>",
    );
    expect(placeholderAt(form, ["open", "sources", 3])).toBe("<32 hexadecimal digits>");
    expect(placeholderAt(form, ["sealed", "tool"])).toMatch(/^<optional, text: /);
    expect(placeholderAt(form, ["open"])).toBeUndefined();
    expect(placeholderAt(form, ["open", "constructor"])).toBeUndefined();
  });

  test("that is half filled in is found out by the place that is not", () => {
    const form = templateOf(entries.find(({ kind }) => kind === "imaging.study.rejected") ?? never());
    const given = { open: { study: "00" }, sealed: { instances: ["2.25.1", "<optional, text: SOP Instance UIDs>"] } };
    expect(unfilled(form, { ...given, sealed: {} })).toBeUndefined();
    const left = placeholderAt(form, ["sealed", "instances", 0]);
    expect(unfilled(form, { ...given, sealed: { instances: ["2.25.1", left] } })).toEqual(["sealed", "instances", 1]);
  });
});

test("help lists the kinds that no other command states", () => {
  const listed = /Kinds: ([^;]+);/.exec(state.description[0] ?? "")?.[1]?.split(", ");
  const statable = newestContract.kinds.map(({ name }) => name).filter((name) => commandOf(name, false) === undefined);
  expect(listed).toEqual(statable);
});

function never(): never {
  throw new Error("the contract has no such kind");
}
