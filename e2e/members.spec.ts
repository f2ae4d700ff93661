// Who acts on the log: the members by type, one of them with its keys, and where nobody is yet.
import { expect, expectSound, heading, looks, test } from "./story.ts";

for (const name of ["light", "phone, dark"] as const) {
  test.describe(name, () => {
    test.use(looks[name]);

    test(`a member is found by type, and its key is in use, ${name}`, async ({ page }) => {
      await page.goto("/");
      const main = page.getByRole("navigation", { name: "Main" });
      const more = main.getByRole("button", { name: "More" });
      if (name === "light") await main.getByRole("link", { name: "Members" }).click();
      else {
        await more.click();
        await main.getByRole("menuitem", { name: "Members" }).click();
      }
      await expect(heading(page)).toHaveText("Members");
      await expect(page.locator(".entry-line")).toHaveCount(18);
      // Who looks is the administrator of the demonstration.
      const you = page.locator(".entry-line", { has: page.getByText("you", { exact: true }) });
      await expect(you).toHaveCount(1);
      await expect(you).toContainText("PACS administrator");
      await expectSound(page);
      await page.getByRole("link", { name: /^Software/ }).click();
      await expect(page).toHaveURL(/type=software/);
      await page.getByRole("link", { name: "Gateway" }).click();
      await expect(heading(page)).toHaveText("Gateway");
      await expect(page.getByRole("region", { name: "Keys" })).toContainText("In use");
      await expectSound(page);
      await page.reload();
      await expect(heading(page)).toHaveText("Gateway");
      await page.getByRole("region", { name: "Keys" }).getByRole("link").click();
      await expect(heading(page)).toContainText("registered a key for one of its own.");
    });

    test(`where nobody is yet, it says how somebody comes there, ${name}`, async ({ page }) => {
      await page.goto("/members?type=ai");
      await expect(page.getByRole("heading", { name: "Nobody" })).toBeVisible();
      await expectSound(page);
    });
  });
}
