import { expect, test } from "vitest";
import { deviceNameOf } from "./study-values.ts";

test.each([
  [{ manufacturer: "Hollander", model: "Scan 4", station: "CT1" }, "CT1 (Hollander Scan 4)"],
  [{ manufacturer: "Hollander", model: "Scan 4" }, "Hollander Scan 4"],
  [{ manufacturer: "Hollander", model: "HOLLANDER Scan 4", station: "CT1" }, "CT1 (HOLLANDER Scan 4)"],
  [{ manufacturer: "Hollander" }, "Hollander"],
  [{ model: "Scan 4", station: "Scan 4" }, "Scan 4"],
  [{ station: "CT1" }, "CT1"],
  [{ manufacturer: "", model: "", station: "" }, undefined],
  [{}, undefined],
])("a device of which headers say %j is called %j", (equipment, name) => {
  expect(deviceNameOf(equipment)).toBe(name);
});
