// What somebody waits for in the page: the first one from a cold browser until its rows are there, then a filter, and scrolling on.
import { type Browser, chromium, type Page } from "@playwright/test";
import type { ServedProcess } from "../../apps/node/src/scratch/served-process.ts";
import { sessionOf } from "../../e2e/persona.ts";
import { buildWeb } from "../../scripts/build-web.ts";
import type { NodeBench } from "../context.ts";
import { sizeName } from "../options.ts";
import { chromiumProgram } from "../receipts/browser.ts";
import { median, percentile } from "../runs.ts";

const screens = 10;
const rows = ".virtual > li";

export const page: NodeBench = {
  name: "page",
  run: async ({ runs, report, leaveOut }, node) => {
    const executablePath = chromiumProgram();
    if (executablePath === undefined) return leaveOut("page: no Chromium is installed (Debian package chromium)");
    const built = await buildWeb();
    const args = ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
    const browser = await chromium.launch({ executablePath, args });
    const at = `at ${sizeName(node.size)}`;
    try {
      await node.whileServed(built, async (served) => {
        const overview = await looks(runs, () => cold(browser, served, "/", ".recharts-bar-rectangle path"));
        report({ what: `overview, cold, ${at}`, measure: "ms", ours: median(overview), runs, aim: "< 1500 ms" });
        const studies = await looks(runs, () => cold(browser, served, "/studies", rows));
        report({ what: `studies, cold, ${at}`, measure: "ms", ours: median(studies), runs, aim: "< 1500 ms" });
        const filters: number[] = [];
        const scrolls: number[] = [];
        await withPage(browser, served, async (shown) => {
          await shown.goto(`${served.url}/studies`);
          await shown.locator(rows).first().waitFor();
          for (let run = 0; run < runs; run++) filters.push(...(await filtered(shown)));
          scrolls.push(...(await scrolled(shown)));
        });
        const filter = { what: `a filter until the list is another, ${at}`, measure: "ms", aim: "< 100 ms" } as const;
        report({ ...filter, ours: median(filters), runs: filters.length });
        const scroll = { what: `a screen further until its rows are there, p95, ${at}`, measure: "ms" } as const;
        report({ ...scroll, ours: percentile(scrolls, 95), runs: scrolls.length, aim: "< 100 ms" });
      });
    } finally {
      await browser.close();
    }
  },
};

async function looks(runs: number, look: () => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  for (let run = 0; run < runs; run++) taken.push(await look());
  return taken;
}

// Nothing cached: a context of its own each time.
function cold(browser: Browser, served: ServedProcess, path: string, shown: string): Promise<number> {
  return withPage(browser, served, async (page) => {
    const begun = performance.now();
    await page.goto(served.url + path, { waitUntil: "commit" });
    await page.locator(shown).first().waitFor();
    return performance.now() - begun;
  });
}

async function withPage<Result>(
  browser: Browser,
  { url }: ServedProcess,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1280, height: 800 } });
  try {
    await context.addCookies([await sessionOf(url, "radiologist")]);
    return await work(await context.newPage());
  } finally {
    await context.close();
  }
}

/** Chooses a modality, and takes it away again: milliseconds until the first row is another, as the page itself sees it. */
async function filtered(page: Page): Promise<number[]> {
  const taken: number[] = [];
  for (const modality of ["MR", ""]) {
    await page.evaluate(watchRows, rows);
    await page.getByLabel("Modality").selectOption(modality);
    taken.push(await page.evaluate(() => (globalThis as unknown as Watched).changed));
  }
  return taken;
}

interface Watched {
  changed: Promise<number>;
}

// From the event of choosing to the frame in which the list has other rows.
function watchRows(selector: string): void {
  const text = () => document.querySelector(selector)?.textContent;
  const before = text();
  (globalThis as unknown as Watched).changed = new Promise((resolve) => {
    document.addEventListener(
      "change",
      () => {
        const begun = performance.now();
        const look = () =>
          text() !== before && text() !== undefined ? resolve(performance.now() - begun) : requestAnimationFrame(look);
        look();
      },
      { once: true, capture: true },
    );
  });
}

/** Turns the wheel by a screen, again and again: milliseconds until rows fill the screen. */
async function scrolled(page: Page): Promise<number[]> {
  const taken: number[] = [];
  for (let screen = 0; screen < screens; screen++)
    taken.push(
      await page.evaluate(async (selector) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const below = () => [...document.querySelectorAll(selector)].at(-1)?.getBoundingClientRect().bottom ?? 0;
        const begun = performance.now();
        const scroller = document.scrollingElement ?? document.documentElement;
        const from = scroller.scrollTop;
        scroller.scrollBy(0, innerHeight);
        do await frame();
        while ((below() < innerHeight || scroller.scrollTop === from) && performance.now() - begun < 10_000);
        return performance.now() - begun;
      }, rows),
    );
  return taken;
}
