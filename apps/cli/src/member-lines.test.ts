import { roles } from "@fiducial/contract";
import { expect, test } from "vitest";
import { roleOption } from "./member-lines.ts";

// The command line has a list of its own, since reading the contract would slow every start.
test("the roles that can be asked for are those of the contract", () => {
  expect(roleOption.choices).toEqual(roles);
});
