// Without a pointer: everything can be reached and seen to be, and the keys of the help page do what it says.
import type { Page } from "@playwright/test";
import { expect, heading, test } from "./story.ts";

const pages = ["/", "/studies", "/accesses", "/ledger", "/verify", "/members", "/connections", "/help", "/ledger/0"];

/** Goes through the page by Tab until it comes round; marks what had the focus and returns what of it could not be seen. */
async function walk(page: Page): Promise<readonly string[]> {
  const reached = new Set<string>();
  const unseen: string[] = [];
  let last = "";
  for (let steps = 0; steps < 150; steps++) {
    await page.keyboard.press("Tab");
    const focus = await page.evaluate(() => {
      const at = document.activeElement;
      if (!(at instanceof HTMLElement) || at === document.body) return undefined;
      // Rows of a long list come and go on the way: an element is known by a number of its own.
      if (at.dataset["walked"] === undefined) at.dataset["walked"] = String(Math.random());
      const ringed = [at, at.closest("form"), at.closest("label")].some((part) => {
        if (part === null) return false;
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(part);
        return (
          (outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2) || boxShadow.includes("0px 0px 0px 2px")
        );
      });
      return { id: at.dataset["walked"], ringed, html: at.outerHTML.slice(0, 90) };
    });
    // Day, month and year of a date are a stop each, in one field.
    if (focus === undefined || (focus.id !== last && reached.has(focus.id))) {
      await page.evaluate(() => (document.activeElement as HTMLElement).blur());
      break;
    }
    last = focus.id;
    reached.add(focus.id);
    if (!focus.ringed) unseen.push(focus.html);
  }
  return unseen;
}

for (const path of pages) {
  test(`everything on ${path} is reached by Tab, with a ring that can be seen`, async ({ page }) => {
    await page.goto(path);
    await expect(heading(page)).toBeVisible();
    await expect(page.locator(".skeleton")).toHaveCount(0);
    const unseen = await walk(page);
    expect(unseen).toEqual([]);
    const missed = await page.evaluate(() => {
      const all = [...document.querySelectorAll<HTMLElement>("a, button, input, select, [tabindex]")];
      const isFor = (one: HTMLElement) =>
        one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !one.hasAttribute("disabled");
      // Of a group of radio buttons, Tab reaches the chosen one; arrows go on from there.
      const isOther = (one: HTMLElement) => one instanceof HTMLInputElement && one.type === "radio" && !one.checked;
      // Of a list that goes on and on, what comes after the last step is not reached yet.
      const end = all.indexOf(document.activeElement as HTMLElement);
      return all
        .slice(0, end < 0 ? all.length : end)
        .filter((one) => isFor(one) && !isOther(one) && one.dataset["walked"] === undefined)
        .map((one) => one.outerHTML.slice(0, 90));
    });
    expect(missed).toEqual([]);
  });
}

test("the keys of the help page do what it says", async ({ page }) => {
  await page.goto("/");
  await expect(page.locator(".entry-line").first()).toBeVisible();
  for (const [key, title] of [
    ["2", "Studies"],
    ["3", "Ledger"],
    ["4", "Verify"],
    ["5", "Who looked"],
    ["6", "Members"],
    ["7", "Connections"],
    ["1", "Everything runs."],
  ] as const) {
    await page.keyboard.press(key);
    await expect(heading(page)).toContainText(title);
  }
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type("3");
  await expect(heading(page)).toContainText("Everything runs.");
  await page.keyboard.press("Escape");

  await page.keyboard.press("3");
  await expect(heading(page)).toHaveText("Ledger");
  // The newest entries are reads, by whatever came before.
  await page.goto("/ledger?kind=imaging.study.registered");
  await expect(page.locator(".entry-line").first()).toBeVisible();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(page.locator(".entry-line").first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toContainText("MR study");
  const saved = page.waitForEvent("download");
  await page.keyboard.press("r");
  expect((await saved).suggestedFilename()).toMatch(/^entry-\d+\.receipt\.json$/);
  await page.keyboard.press("k");
  await expect(heading(page)).toContainText("compared 1 object");
  await page.keyboard.press("p");
  await expect(page.getByText("The receipt holds")).toBeVisible();
});

test("single keys can be switched off, and stay off", async ({ page }) => {
  await page.goto("/help");
  await page.getByText("Off", { exact: true }).click();
  await page.keyboard.press("2");
  await page.reload();
  await page.locator("body").press("2");
  await expect(heading(page)).toHaveText("Help");
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog")).toBeVisible();
});
