// Takes pictures of pages at a node, and refuses one that shows an error, complains, or is wider than the window.
import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import type { StoryNode } from "../../e2e/demonstration.ts";
import { sessionOf } from "../../e2e/persona.ts";
import { complaintsOf } from "../../e2e/story.ts";
import { type ApiClient, apiClient } from "../../packages/api/src/index.ts";
import type { PicturedPage } from "./pages.ts";

/** How a page is looked at. */
export interface Look extends BrowserContextOptions {
  /** The window is made as high as the page: what is fixed to its edges would stand in the middle of a longer picture. */
  readonly wholePage: boolean;
}

/** Returns a function that makes a picture as PNG; it rejects with the page, the look and what is wrong with it. */
export function camera(
  browser: Browser,
  node: StoryNode,
): (pictured: PicturedPage, name: string, look: Look) => Promise<Buffer> {
  const api = apiClient({ baseUrl: node.url, token: node.operatorToken });
  const sessions = new Map<string, ReturnType<typeof sessionOf>>();
  return async (pictured, name, { wholePage, ...look }) => {
    const context = await browser.newContext({ ...usual, ...look, baseURL: node.url });
    try {
      const { persona } = pictured;
      if (persona !== "nobody") {
        const session = sessions.get(persona) ?? sessionOf(node.url, persona);
        sessions.set(persona, session);
        await context.addCookies([await session]);
      }
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const complaints = complaintsOf(page, node.url);
      await show(page, pictured, api);
      if (wholePage) await heighten(page);
      const faults = [...complaints.filter((said) => !ownReading.test(said)), ...(await faultsOf(page))];
      if (faults.length > 0) throw new Error(faults.join("; "));
      return await page.screenshot({ animations: "disabled" });
    } catch (thrown) {
      throw new Error(`${pictured.name}, ${name}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    } finally {
      await context.close();
    }
  };
}

// Chromium would like to be told of canvases that are read often; only the camera reads them so.
const ownReading = /willReadFrequently/;

const usual: BrowserContextOptions = { locale: "en-GB", timezoneId: "Europe/Berlin", reducedMotion: "reduce" };

async function show(page: Page, { address, act, shows }: PicturedPage, api: ApiClient): Promise<void> {
  await page.goto(await address(api));
  await page.locator("h1").first().waitFor({ state: "attached" });
  await act?.(page);
  for (const selector of shows) await failing(page, page.locator(selector).first().waitFor());
  await settle(page);
}

async function settle(page: Page): Promise<void> {
  const isThere = (): boolean => document.querySelector(".skeleton, [aria-busy=true]") === null;
  await failing(page, page.waitForFunction(isThere));
  await failing(page, page.waitForFunction(canvasesArePainted));
  await page.evaluate(() => document.fonts.ready.then(() => {}));
}

// A list that shows more in a higher window may make the page longer: three times are enough for all of them.
async function heighten(page: Page): Promise<void> {
  for (let times = 0; times < 3; times++) {
    const { width = 0, height: before = 0 } = page.viewportSize() ?? {};
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    if (height <= before) return;
    await page.setViewportSize({ width, height });
    await settle(page);
  }
}

// What is waited for will not come when the page says that it failed: then that is what is wrong.
async function failing(page: Page, waited: Promise<unknown>): Promise<void> {
  await waited.catch(async (thrown: Error) => {
    const faults = await faultsOf(page);
    throw faults.length > 0 ? new Error(faults.join("; ")) : thrown;
  });
}

/** An empty stage has one colour, an image many. */
function canvasesArePainted(): boolean {
  return [...document.querySelectorAll("canvas")].every((canvas) => {
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data;
    return pixels === undefined || new Set(pixels).size > 2;
  });
}

/** Notes with a code tell of failures and refusals. */
async function faultsOf(page: Page): Promise<string[]> {
  const codes = await page.locator(".note .mono").allTextContents();
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return [
    ...codes.map((code) => `the page shows the error ${code}`),
    ...(excess > 0 ? [`the page is ${excess} pixels wider than the window`] : []),
  ];
}
