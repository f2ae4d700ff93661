import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("access has a page", () => {
  const router = readFileSync(new URL("../../app/router.tsx", import.meta.url), "utf8");
  expect(router, "make a page in features/access and give it an address in app/router.tsx").toContain(
    "../features/access/",
  );
});
