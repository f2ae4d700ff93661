// Both languages: as the browser asks, as chosen, and still so after a reload.
import { expect, expectSound, heading, looks, test } from "./story.ts";

test("English becomes German by the menu, and stays", async ({ page }) => {
  await page.goto("/studies");
  await expect(heading(page)).toHaveText("Studies");
  await page.getByRole("button", { name: "Language" }).click();
  await expectSound(page);
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await expect(heading(page)).toHaveText("Studien");
  await page.reload();
  await expect(heading(page)).toHaveText("Studien");
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
});

test("a theme is chosen, and there before the page is", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Theme" }).click();
  await page.getByRole("menuitemradio", { name: "Reading room" }).click();
  await page.goto("/ledger", { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveAttribute("data-theme", "reading-room");
  await expect(heading(page)).toHaveText("Ledger");
  await expectSound(page);
});

const titles = {
  "/": "Alles läuft.",
  "/studies": "Studien",
  "/ledger": "Protokoll",
  "/members": "Mitglieder",
  "/accesses": "Wer hat hineingesehen",
  "/verify": "Prüfen",
  "/help": "Hilfe",
};

for (const look of ["light", "phone, dark"] as const) {
  test.describe(look, () => {
    test.use({ ...looks[look], locale: "de-DE" });

    test(`every page speaks German to those who do, ${look}`, async ({ page, api }) => {
      const [{ study = "", index = 0 } = {}] = (await api.studies()).studies;
      for (const [path, title] of Object.entries(titles)) {
        await page.goto(path);
        await expect(heading(page)).toContainText(title);
        await expectSound(page);
      }
      await page.goto(`/studies/${study}`);
      await expect(page.getByText("Nicht zur Primärbefundung")).toBeVisible();
      await expectSound(page);
      await page.goto(`/ledger/${index}`);
      await expect(page.getByRole("link", { name: "Beleg" })).toBeVisible();
      await expectSound(page);
      await page.goto("/verifier/");
      await expect(heading(page)).toHaveText("Fiducial-Prüfprogramm");
      await expectSound(page);
    });
  });
}
