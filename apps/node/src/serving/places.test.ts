// Places: so many together, half of them for one holder, and given back once.
import { expect, test } from "vitest";
import { places } from "./places.ts";

test("nobody takes all places alone, and each is given back once", () => {
  const seats = places(4, "BUSY");
  const [leave] = [seats.take("one"), seats.take("one")];
  expect(() => seats.take("one")).toThrow(expect.objectContaining({ code: "BUSY" }));
  seats.take("two");
  leave?.();
  leave?.();
  expect(seats.taken()).toBe(2);
  seats.take("one");
  expect(() => seats.take("one")).toThrow(expect.objectContaining({ code: "BUSY" }));
  seats.take("three");
  expect(() => seats.take("four")).toThrow(expect.objectContaining({ code: "BUSY" }));
});

test("one place is for anybody, and without holders there are no shares", () => {
  places(1, "BUSY").take("one");
  const seats = places(2, "BUSY");
  seats.take();
  seats.take();
  expect(() => seats.take()).toThrow(expect.objectContaining({ code: "BUSY" }));
});
