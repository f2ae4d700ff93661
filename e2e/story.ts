// What every story stands on: a node with the demonstration, started once, and a page that must stay clean.
import { AxeBuilder } from "@axe-core/playwright";
import { test as base, type Cookie, expect, type Page } from "@playwright/test";
import { type ApiClient, apiClient } from "../packages/api/src/index.ts";
import type { Role } from "../packages/contract/src/index.ts";
import { type StoryNode, startNode } from "./demonstration.ts";
import { isSignedIn, sessionOf } from "./persona.ts";

/** How a page is looked at: wide in both schemes, and on a phone. */
export const looks = {
  light: { colorScheme: "light", viewport: { width: 1280, height: 800 } },
  dark: { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 } },
  "phone, dark": { colorScheme: "dark", viewport: { width: 390, height: 844 } },
} as const;

type Sessions = (url: string, role: Role) => Promise<Cookie>;

interface Story {
  /** What the browser may complain about in this story: what the story is about. */
  readonly expected: RegExp;
  /** The role of whoever is signed in; or nobody is. */
  readonly persona: Role | "nobody";
  /** The node of this story: the demonstration's, unless it has one of its own. */
  readonly node: StoryNode;
  /** As its operator. */
  readonly api: ApiClient;
}

/** A story's `test`. Its page fails the story on errors, on broken security rules, and on requests to anybody but the node. */
export const test = base.extend<Story, { demonstration: StoryNode; sessions: Sessions }>({
  demonstration: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
    async ({}, use) => {
      const node = await startNode("demonstration");
      await use(node);
      await node.stop();
    },
    { scope: "worker", timeout: 180_000 },
  ],
  sessions: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters' names.
    async ({}, use) => {
      const kept = new Map<string, Promise<Cookie>>();
      await use(async (url, role) => {
        const before = await kept.get(`${url} ${role}`);
        // A story may have ended it.
        const isGood = before !== undefined && (await isSignedIn(url, before));
        const session = isGood ? Promise.resolve(before) : sessionOf(url, role);
        kept.set(`${url} ${role}`, session);
        return session;
      });
    },
    { scope: "worker" },
  ],
  persona: ["administrator", { option: true }],
  expected: [/^$/, { option: true }],
  node: ({ demonstration }, use) => use(demonstration),
  baseURL: ({ node }, use) => use(node.url),
  api: ({ node: { url, operatorToken } }, use) => use(apiClient({ baseUrl: url, token: operatorToken })),
  page: async ({ page, node: { url }, expected, persona, sessions }, use) => {
    if (persona !== "nobody") await page.context().addCookies([await sessions(url, persona)]);
    const complaints = complaintsOf(page, url);
    await use(page);
    expect(complaints.filter((said) => !expected.test(said))).toEqual([]);
  },
});

/** Collects what a page complains about, and what it asks of others than `origin`. */
export function complaintsOf(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !["blob:", "data:"].includes(url.protocol)) complaints.push(`request: ${url.href}`);
  });
  return complaints;
}

/** Fails when axe finds anything, or the page is wider than the window. */
export async function expectSound(page: Page): Promise<void> {
  // The page forbids every script but its own, so axe is put in past that rule by the browser's own door.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
  expect(found).toEqual([]);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(excess).toBeLessThanOrEqual(0);
}

/** What the heading says once the page has what it shows. */
export const heading = (page: Page) => page.getByRole("heading", { level: 1 });

/** The one verdict of a check. */
export const verdict = (page: Page) => page.locator(".main .band-word, .verifier .band-word");

export { expect };
