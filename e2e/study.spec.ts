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
      await page.getByRole("region", { name: "Newest studies" }).getByRole("link", { name: "CT head" }).first().click();
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
  await page.getByRole("link", { name: "CT head" }).first().click();
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
  await page.getByRole("link", { name: "MR brain" }).first().click();
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

test("a distance is measured by dragging, its ends moved by keys, and taken away again", async ({ page }) => {
  await page.goto("/studies");
  await page.getByRole("link", { name: "CT head" }).first().click();
  await expect(page.getByText("Slice 15 of 28")).toBeVisible();
  await page.getByRole("button", { name: "Measure" }).click();
  const stage = await page.locator(".stage canvas").boundingBox();
  if (stage === null) throw new Error("There is no stage.");
  const [x, y] = [stage.x + stage.width / 2, stage.y + stage.height / 2];
  await page.mouse.move(x - 60, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 4 });
  await page.mouse.up();
  const lines = page.locator(".measurements text");
  await expect(lines).toHaveCount(1);
  const millimetres = async () => Number((await lines.first().textContent())?.replace(" mm", ""));
  const before = await millimetres();
  // The scale bar, which is drawn from the same header but by other code, says how long 5 cm are.
  const bar = await page.locator(".stage-scale svg").getAttribute("width");
  expect(Math.abs(before - (120 / Number(bar)) * 50)).toBeLessThan(1);
  const end = page.getByRole("button", { name: /^Measurement 1, end 2/ });
  await end.focus();
  await page.keyboard.press("Shift+ArrowRight");
  expect(await millimetres()).toBeGreaterThan(before + 1);
  // Arrows that move an end turn no slice; a line stays on its slice.
  await expect(page.getByText("Slice 15 of 28")).toBeVisible();
  await expectSound(page);
  await page.keyboard.press("Escape");
  await page.getByRole("slider", { name: "Slice" }).fill("16");
  await expect(lines).toHaveCount(0);
  await page.getByRole("slider", { name: "Slice" }).fill("15");
  await expect(lines).toHaveCount(1);
  await page.getByRole("button", { name: "Add a line" }).click();
  await expect(lines).toHaveCount(2);
  await page.locator("h1").click();
  await page.keyboard.press("u");
  await expect(lines).toHaveCount(1);
  await end.focus();
  await page.keyboard.press("Delete");
  await expect(lines).toHaveCount(0);
});

test("a study says where its copy was sent, in what happened and in its lineage", async ({ page, api }) => {
  const studies = await Promise.all((await api.studies()).studies.map(({ study }) => api.study(study)));
  const sent = studies.find(({ history }) =>
    history.some(({ destination, open }) => destination === "ARCHIVE" && open["direction"] === "sent"),
  );
  await page.goto(`/studies/${sent?.study}`);
  await expect(page.locator(".timeline")).toContainText("of a study to ARCHIVE");
  await page.getByRole("region", { name: "Lineage" }).getByRole("button", { name: "Table" }).click();
  await expect(page.getByRole("region", { name: "Lineage" })).toContainText("to ARCHIVE");
});

test("no tool of the viewer is out of sight while something is measured", async ({ page }) => {
  await page.goto("/studies");
  await page.getByRole("link", { name: "CT head" }).first().click();
  await page.getByRole("button", { name: "Measure" }).click();
  await page.getByRole("button", { name: "Add a line" }).click();
  await expect(page.getByRole("button", { name: "Remove lines" })).toBeVisible();
  const bar = await page.locator(".viewer-tools").boundingBox();
  for (const tool of await page.locator(".viewer-tools .tool").all()) {
    const box = await tool.boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((bar?.x ?? 0) + (bar?.width ?? 0));
  }
});

test.describe("images that a PACS keeps", () => {
  test.use({ expected: /status of 50\d/ });

  test("a PACS that is down is said where its image would be, the rest goes on, and the image comes by itself", async ({
    page,
  }) => {
    const says = "The PACS that keeps this image does not answer.";
    const problem = { type: "about:blank", title: says, status: 503, code: "PACS_UNREACHABLE", detail: says };
    let isDown = true;
    await page.route("**/api/v1/studies/*/objects/**", (route) =>
      isDown
        ? route.fulfill({ status: 503, contentType: "application/problem+json", json: problem })
        : route.continue(),
    );
    await page.goto("/studies");
    await page.getByRole("link", { name: "CT head" }).first().click();
    const viewer = page.getByRole("region", { name: "Viewer" });
    await expect(viewer.getByText(says)).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: "received 28 objects" })).toBeVisible();
    await expectSound(page);
    isDown = false;
    await expect.poll(() => shades(page).catch(() => 0), { timeout: 30_000 }).toBeGreaterThan(40);
    await expect(page.getByText(says)).toHaveCount(0);
    await expect(page.getByText("Identical to what was registered")).toBeVisible();
  });

  test("an image that the PACS has altered is not shown, and why is said", async ({ page }) => {
    const problem = { type: "about:blank", title: "", status: 502, code: "PACS_COPY_ALTERED", detail: "" };
    await page.route("**/api/v1/studies/*/objects/**", (route) =>
      route.fulfill({ status: 502, contentType: "application/problem+json", json: problem }),
    );
    await page.goto("/studies");
    await page.getByRole("link", { name: "CT head" }).first().click();
    await expect(page.getByText("The PACS gives this image otherwise than it was registered.")).toBeVisible();
    await expect(page.locator(".stage canvas")).toHaveCount(0);
    await expectSound(page);
  });
});
