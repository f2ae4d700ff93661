import { expect, test } from "vitest";
import { checkFloors } from "./floors.ts";
import { scratchFolder } from "./scratch-folder.ts";

const contract = {
  "packages/contract/src/index.ts": "",
  "packages/contract/src/kernel/kind.ts": "",
  "packages/contract/src/versions/1.ts": "",
  "packages/contract/src/imaging/kinds.ts": "",
  "packages/contract/src/consent/kinds.ts": "",
};

test("a floor without rooms is not built yet", () => {
  expect(checkFloors(scratchFolder({ ...contract, "packages/projection/src/index.ts": "" }))).toEqual([]);
});

test("an application that lacks its room on a floor is named, with the floor", () => {
  const root = scratchFolder({ ...contract, "packages/projection/src/imaging/tables.ts": "" });
  expect(checkFloors(root)).toEqual(["packages/projection/src has no room for the application 'consent'"]);
});

test("a room is a folder or a file of the application's name", () => {
  const routes = { "apps/node/src/routes/imaging/studies.ts": "", "apps/node/src/routes/consent.ts": "" };
  expect(checkFloors(scratchFolder({ ...contract, ...routes }))).toEqual([]);
});

test("the kernel, the versions and rooms of no application are no applications", () => {
  const features = {
    "apps/web/src/features/imaging/a.tsx": "",
    "apps/web/src/features/consent/a.tsx": "",
    "apps/web/src/features/search/a.tsx": "",
  };
  expect(checkFloors(scratchFolder({ ...contract, ...features }))).toEqual([]);
});

test("every floor is looked at", () => {
  const rooms = [
    "packages/projection/src/imaging/a.ts",
    "apps/node/src/routes/imaging.ts",
    "apps/web/src/features/imaging/a.tsx",
  ];
  const files = Object.fromEntries(rooms.map((room) => [room, ""]));
  expect(checkFloors(scratchFolder({ ...contract, ...files }))).toHaveLength(3);
});
