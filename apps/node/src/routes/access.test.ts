import { routes } from "@fiducial/api";
import { expect, test } from "vitest";

test("the HTTP surface has an address for access", () => {
  const addresses = Object.values(routes).filter(({ path }) => /^\/api\/v1\/(?:access|read)/.test(path));
  const wanted =
    "give access an address in packages/api/src/routes.ts, a handler in server.ts and a permission in authorize.ts";
  expect(addresses, wanted).not.toEqual([]);
});
