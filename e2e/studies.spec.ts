// The list of studies: narrowed by filters that stand in the address, and quick however long it is. And the chart of what was recorded.
import type { StudyPage } from "../packages/api/src/index.ts";
import { expect, expectSound, heading, looks, test } from "./story.ts";

for (const look of ["light", "dark", "phone"] as const) {
  test.describe(look, () => {
    test.use(looks[look]);

    test(`filters narrow the list, stand in the address, and are taken away again, ${look}`, async ({ page, api }) => {
      const { total, modalities } = await api.studies({ limit: 1 });
      const reports = modalities.find(({ modality }) => modality === "SR")?.studies ?? 0;
      await page.goto("/studies");
      const rows = page.locator(".virtual > li");
      await expect(rows.nth(reports)).toBeVisible();
      await page.getByLabel("Modality").selectOption("SR");
      await expect(rows).toHaveCount(reports);
      await expect(page).toHaveURL(/\?modality=SR$/);
      await page.getByLabel("Device").selectOption({ label: "CT 2" });
      await expect(rows).toHaveCount(reports);
      await page.getByLabel("Registered from").fill("2020-01-31");
      await page.getByLabel("to", { exact: true }).fill("2020-02-29");
      await expect(page.getByRole("heading", { name: "No study matches" })).toBeVisible();
      await expect(page.getByText(`All ${total} studies that this node has registered were searched.`)).toBeVisible();
      await expectSound(page);
      await page.reload();
      await expect(page.getByLabel("to", { exact: true })).toHaveValue("2020-02-29");
      await page.getByRole("link", { name: "Show all" }).click();
      await expect(rows.nth(reports)).toBeVisible();
      await expect(page).toHaveURL(/\/studies$/);
      await expectSound(page);
    });

    test(`what was recorded stands in a chart and, to the same figures, in a table, ${look}`, async ({ page, api }) => {
      await page.goto("/");
      const card = page.getByRole("region", { name: "Entries per day, by application" });
      await expect(card.locator(".recharts-bar-rectangle path").first()).toBeVisible();
      await expectSound(page);
      await card.getByText("Table").click();
      // What a story before this one read may be recorded while this one looks.
      await expect(async () => {
        const { days } = await api.activity();
        const sum = (days.at(-1)?.applications ?? []).reduce((all, { entries }) => all + entries, 0);
        await page.reload();
        await card.getByText("Table").click();
        const last = await card.getByRole("row").last().getByRole("cell").allInnerTexts();
        expect(Number(last.at(-2))).toBe(sum);
        expect(last.slice(0, -2).reduce((all, text) => all + Number(text), 0)).toBe(sum);
      }).toPass();
      await expect(card.getByRole("row")).toHaveCount(15);
      await expectSound(page);
    });
  });
}

test("of a long list only what is near is in the page; keys and the wheel go on to the rest", async ({ page, api }) => {
  const [model] = (await api.studies({ limit: 1 })).studies;
  const total = 5000;
  await page.route("**/api/v1/studies?*", (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [before, limit] = [Number(query.get("before") ?? total), Number(query.get("limit"))];
    const studies = Array.from({ length: Math.min(limit, before) }, (_, at) => ({
      ...model,
      study: String(before - 1 - at).padStart(32, "0"),
      index: before - 1 - at,
      description: `Study ${before - 1 - at}`,
    }));
    const next = before - limit;
    const answer = { studies, modalities: [], total, ...(next > 0 && { next }) } as StudyPage;
    return route.fulfill({ json: answer });
  });
  await page.goto("/studies");
  await expect(page.getByText("Study 4999", { exact: true })).toBeVisible();
  await expect(page.getByText("5,000 studies")).toBeVisible();
  for (let turn = 0; turn < 60; turn++) {
    await page.mouse.wheel(0, 4000);
    await page.waitForTimeout(30);
    expect(await page.locator(".virtual > li").count()).toBeLessThan(60);
  }
  const indexes = (await page.locator(".virtual .strong").allInnerTexts()).map((text) => Number(text.slice(6)));
  expect(Math.min(...indexes)).toBeLessThan(4700);
  await page.locator("[data-stop]").first().focus();
  const first = await page.evaluate(() => document.activeElement?.querySelector(".strong")?.textContent);
  for (let step = 0; step < 30; step++) await page.keyboard.press("j");
  const later = await page.evaluate(() => document.activeElement?.querySelector(".strong")?.textContent);
  expect(Number(first?.slice(6)) - Number(later?.slice(6))).toBe(30);
  await expect(heading(page)).toHaveText("Studies");
});
