// The ledger: from the list to an entry, what it says, and why its place can be trusted.
import { expect, expectSound, heading, looks, test } from "./story.ts";

for (const name of ["light", "phone, dark"] as const) {
  test.describe(name, () => {
    test.use(looks[name]);

    test(`an entry is opened from the list, and its proof holds, ${name}`, async ({ page }) => {
      await page.goto("/ledger");
      await expect(heading(page)).toHaveText("Ledger");
      await expectSound(page);
      await page.getByRole("link", { name: "received 28 objects of a CT study" }).first().click();
      await expect(heading(page)).toContainText("received 28 objects of a CT study and registered them.");
      await expect(page.getByText("Sequenced, not witnessed").first()).toBeVisible();
      await expect(page.getByText("Proof holds")).toBeVisible();
      await expectSound(page);
    });
  });
}

test("entries with findings, and those of some days, are listed alone", async ({ page, api }) => {
  const { entries } = await api.entries({ findings: "true", limit: 200 });
  expect(entries.length).toBeGreaterThan(0);
  expect(entries.every(({ findings }) => findings.length > 0)).toBe(true);
  await page.goto("/ledger");
  await page.getByLabel("With findings").check();
  await expect(page).toHaveURL(/findings=/);
  await expect(page.locator(".entry-line")).toHaveCount(Math.min(50, entries.length));
  await page.getByLabel("Until").fill("2001-01-01");
  await expect(page.getByRole("heading", { name: "No such entry" })).toBeVisible();
  await expectSound(page);
});

test("one kind is listed alone, under its own address", async ({ page }) => {
  await page.goto("/ledger");
  await page.getByLabel("Kind").selectOption("identity.actor.registered");
  await expect(page).toHaveURL(/kind=identity\.actor\.registered/);
  await expect(page.locator(".entry-line")).toHaveCount(17);
  await page.reload();
  await expect(page.locator(".entry-line")).toHaveCount(17);
  await page.getByLabel("Kind").selectOption("imaging.study.destroyed");
  await expect(page.getByRole("heading", { name: "No entry of this kind" })).toBeVisible();
  await page.getByRole("link", { name: "Show all kinds" }).click();
  await expect(page.locator(".entry-line").nth(6)).toBeVisible();
});
