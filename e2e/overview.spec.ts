// The overview: reads are left out until they are asked for, what needs somebody comes first on a phone, and an altered copy leads to the object that it is of.
import { expect, expectSound, heading, looks, test } from "./story.ts";

test("reads are left out of what happened, until they are asked for", async ({ page, api }) => {
  const [newest] = (await api.entries({ limit: 1, without: "access.read.performed" })).entries;
  await page.goto("/");
  const happened = page.getByRole("region", { name: "What happened" });
  await expect(happened.locator(".entry-line").first()).toContainText(`#${newest?.index}`);
  await expect(happened.getByText("recorded that")).toHaveCount(0);
  await expect(happened.getByText("reads are left out here")).toBeVisible();
  await happened.getByText("All", { exact: true }).click();
  await expect(happened.getByText("recorded that").first()).toBeVisible();
  await expect(happened.getByText("reads are left out here")).toHaveCount(0);
  await expectSound(page);
});

test("a connection that fails is named where else everything would run, and leads to the connections", async ({
  page,
  api,
}) => {
  const { concerns } = await api.attention();
  const connection = { id: "peer:archive", name: "Archive of the ward" };
  const failed = { code: "CONNECTION_FAILED", connection, cause: "PEER_UNREACHABLE", at: "2026-11-18T08:00:00.000Z" };
  await page.route("**/api/v1/attention", (route) =>
    route.fulfill({ json: { concerns: [failed, ...concerns], more: false } }),
  );
  await page.goto("/");
  await expect(heading(page)).toContainText("The connection Archive of the ward fails.");
  await expect(page.getByText("Everything runs.")).toHaveCount(0);
  const health = page.getByRole("region", { name: "Health" });
  await expect(health).not.toContainText("All well");
  await expectSound(page);
  await health.getByRole("link", { name: "Archive of the ward" }).click();
  await expect(heading(page)).toHaveText("Connections");
});

for (const look of ["phone", "light"] as const) {
  test.describe(look, () => {
    test.use({ ...looks[look], persona: "data-steward" });

    test(`an altered copy says who found it and in which object, and leads there, ${look}`, async ({ page }) => {
      await page.goto("/");
      const needs = page.getByRole("region", { name: "Needs you" });
      const concern = needs.getByRole("listitem").filter({ hasText: "An altered copy was found" });
      await expect(concern).toContainText("A radiologist compared a copy");
      await expect(concern).toContainText("Pixels or content are not those registered.");
      // Which study that is, with the way there.
      await expect(concern.getByRole("link", { name: /^CT (head|study)/ })).toBeVisible();
      await expect(concern).toContainText(/registered .*28 objects .*#\d+/);
      const entries = page.getByRole("region", { name: "What happened" });
      const [above, below] = [await needs.boundingBox(), await entries.boundingBox()];
      if (look === "phone") expect(above?.y).toBeLessThan(below?.y ?? 0);
      const object = concern.getByRole("link", { name: /^object \d+/ });
      const [, number = ""] = /^object (\d+)/.exec((await object.textContent()) ?? "") ?? [];
      await object.click();
      await expect(heading(page)).toHaveText("CT head without contrast");
      await expect(page.getByText(`Slice ${number} of 28`)).toBeVisible();
      await expect(page.getByRole("button", { name: "Hold or reject" })).toBeVisible();
      const event = page.getByRole("listitem").filter({ hasText: "registered: altered." });
      await expect(event.getByRole("link", { name: `object ${number}` })).toBeVisible();
      // Turning slices leaves the object, and comes back to it.
      await page.keyboard.press("ArrowDown");
      await expect(page).not.toHaveURL(/statement=/);
      await expect(page.getByText(`Slice ${Number(number) + 1} of 28`)).toBeVisible();
      await event.getByRole("link", { name: `object ${number}` }).click();
      await expect(page.getByText(`Slice ${number} of 28`)).toBeVisible();
      await expectSound(page);
    });

    test(`lineage fits, as a graph and as a table, ${look}`, async ({ page, api }) => {
      const { concerns } = await api.attention();
      await page.goto(`/studies/${concerns.find(({ code }) => code === "COPY_ALTERED")?.study}`);
      const lineage = page.getByRole("region", { name: "Lineage" });
      await expect(lineage.getByRole("link", { name: "Copy compared" }).first()).toBeVisible();
      const excess = (selector: string) =>
        lineage.locator(selector).evaluate((shown) => shown.scrollWidth - shown.clientWidth);
      expect(await excess(".lineage-graph")).toBeLessThanOrEqual(0);
      await lineage.getByRole("button", { name: "Table" }).click();
      await expect(lineage.getByRole("row").last()).toContainText("#");
      expect(await lineage.evaluate((card) => card.scrollWidth - card.clientWidth)).toBeLessThanOrEqual(0);
      await expectSound(page);
    });
  });
}
