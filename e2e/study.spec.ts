// From the overview to a study: its picture, its history, and the receipt that somebody else can check.
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { nobleBackend, parseReceipt, parseTrustPolicy, verifyReceipt } from "../packages/core/src/index.ts";
import { expect, expectSound, heading, looks, test } from "./story.ts";

/** How many shades of grey the stage shows: a picture has many, an empty stage none. */
const shades = (page: Page) =>
  page.locator(".stage canvas").evaluate((stage) => {
    const canvas = stage as HTMLCanvasElement;
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return new Set(pixels).size;
  });

for (const [name, look] of Object.entries(looks)) {
  test.describe(name, () => {
    test.use(look);

    test(`a study is found, seen and checked, and its receipt taken along, ${name}${name === "light" ? " @quick" : ""}`, async ({
      page,
      api,
    }) => {
      await page.goto("/");
      await expect(heading(page)).toContainText("Everything runs.");
      await expectSound(page);
      await page.getByRole("region", { name: "Newest studies" }).getByRole("link", { name: "CT head" }).click();
      await expect(heading(page)).toHaveText("CT head without contrast");
      await expect(page.getByText("Identical to what was registered")).toBeVisible();
      await expect.poll(() => shades(page)).toBeGreaterThan(40);
      await expect(page.getByText("Not for primary diagnosis")).toBeVisible();
      await expect(page.getByRole("listitem").filter({ hasText: "received 28 objects" })).toBeVisible();
      await expectSound(page);

      const download = page.waitForEvent("download");
      await page.getByRole("button", { name: "Receipt of this image" }).click();
      const receipt = parseReceipt(readFileSync(await (await download).path(), "utf8"));
      expect(receipt.objects).toHaveLength(1);
      const checked = verifyReceipt(receipt, parseTrustPolicy(await api.policy()), nobleBackend);
      expect(checked).toMatchObject({ ok: true });
      expect(checked.entry?.statement.content.kind).toBe("imaging.study.registered");
    });
  });
}

test("a slice has an address: turned by key, kept over a reload, and over going back", async ({ page }) => {
  await page.goto("/studies");
  await page.getByRole("link", { name: "CT head" }).click();
  await expect(page.getByText("Slice 15 of 28")).toBeVisible();
  const before = await page.locator(".stage canvas").screenshot();
  for (let turn = 0; turn < 4; turn++) await page.keyboard.press("ArrowDown");
  await expect(page.getByText("Slice 19 of 28")).toBeVisible();
  await expect(page).toHaveURL(/slice=19/);
  expect((await page.locator(".stage canvas").screenshot()).equals(before)).toBe(false);
  await page.getByLabel("Window", { exact: true }).or(page.getByRole("combobox")).first().selectOption("bone");
  await expect(page.getByText("W 1800 L 400")).toBeVisible();
  await page.reload();
  await expect(page.getByText("Slice 19 of 28")).toBeVisible();
  await expect(page.getByText("W 1800 L 400")).toBeVisible();
  await page.keyboard.press("w");
  await expect(page.getByText("W 80 L 40")).toBeVisible();
  await page.goBack();
  await expect(heading(page)).toHaveText("Studies");
});

test("all objects of a study are checked when asked for", async ({ page }) => {
  await page.goto("/studies");
  await page.getByRole("link", { name: "MR brain" }).click();
  await page.getByRole("button", { name: "Check all" }).click();
  await expect(page.getByText("16 of 16 objects").or(page.getByText("All 16 objects"))).toBeVisible();
});

test("each statement of a study has its receipt, and an image shown later has that of its own", async ({
  page,
  api,
}) => {
  const studies = await Promise.all((await api.studies()).studies.map(({ study }) => api.study(study)));
  const extended = studies.find(({ versions }) => versions.length === 2);
  await page.goto(`/studies/${extended?.study}`);
  const history = page.locator(".history-receipt");
  await expect(history).toHaveCount(2);
  for (const [at, { index }] of (extended?.versions ?? []).entries()) {
    await expect(history.nth(at)).toContainText(`#${index}`);
    await expect(history.nth(at)).toContainText("lists no single image");
    await expect(history.nth(at).getByRole("link", { name: "Save" })).toHaveAttribute("href", new RegExp(`/${index}/`));
  }
});
