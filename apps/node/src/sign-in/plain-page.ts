// The few pages that the node writes itself: before somebody is in, there is no other. No script; the look of the house in both schemes.
import type { FastifyReply, FastifyRequest } from "fastify";

/** What a page is made of; texts are escaped where they are put. */
export interface PlainPage {
  readonly language: "en" | "de";
  readonly title: string;
  /** Markup, with every text in it escaped. */
  readonly body: string;
}

/** Sends a page. */
export function sendPage(reply: FastifyReply, status: number, page: PlainPage): FastifyReply {
  return reply.status(status).type("text/html; charset=utf-8").send(pageText(page));
}

/** Writes a page. */
export function pageText({ language, title, body }: PlainPage): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · Fiducial</title>
<style>${style}</style>
</head>
<body>
<main>
<p class="brand">${logo}<span>Fiducial</span></p>
${body}
</main>
</body>
</html>
`;
}

/** The language that a browser asks for, of those that pages speak. */
export function languageOf({ headers }: Pick<FastifyRequest, "headers">): "en" | "de" {
  return /^\s*de\b/i.test(headers["accept-language"] ?? "") ? "de" : "en";
}

/** A text as markup. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

const logo = `<svg width="28" height="28" viewBox="0 0 32 32" fill="none" aria-hidden="true"><g stroke="currentColor" stroke-width="2.5" stroke-linecap="round"><path d="M16 6.5A9.5 9.5 0 1 0 25.5 16"/><path d="M16 2v8M16 22v8M2 16h8M22 16h8"/></g><path d="M20.1 7.43A9.5 9.5 0 0 1 24.57 11.9" stroke="var(--accent)" stroke-width="2.5" stroke-linecap="round"/><circle cx="16" cy="16" r="2.75" fill="var(--accent)"/></svg>`;

// The tokens are those of apps/web/src/ui/tokens.css, and the letters those of the page, where one is built.
const style = `
@font-face { font-family: "Inter Variable"; src: url(/assets/inter-latin.woff2) format("woff2"); font-weight: 100 900; font-display: swap; }
:root { color-scheme: light dark; --page: #f4f6f8; --surface: #fff; --sunken: #f3f5f7; --line: #e2e6eb; --control: #7f8996; --text: #151a21; --second: #454e5b; --third: #5c6673; --accent: #1b59c4; --accent-soft: #e9f0fc; --on-accent: #fff; --differs: #8a5200; --differs-soft: #fdf2df; --differs-line: #efd09a; --person: #0c6470; --person-soft: #e2f2f4; }
@media (prefers-color-scheme: dark) { :root { --page: #08090b; --surface: #0f1215; --sunken: #14181c; --line: #22282f; --control: #6a7480; --text: #e7eaed; --second: #b0b8c2; --third: #8e97a3; --accent: #86b4ff; --accent-soft: #13213a; --on-accent: #061128; --differs: #eab566; --differs-soft: #291f0e; --differs-line: #553f18; --person: #70cdd8; --person-soft: #0c2529; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 400 14px/20px "Inter Variable", Inter, system-ui, sans-serif; }
main { max-width: 760px; margin: 0 auto; padding: 24px 16px 48px; }
.brand { display: flex; align-items: center; gap: 10px; margin: 0 0 24px; font-weight: 620; font-size: 16px; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 32px; font-weight: 620; }
p { margin: 0 0 16px; color: var(--second); }
.card { padding: 20px; background: var(--surface); border: 1px solid var(--line); border-radius: 12px; }
.notice { margin: 0 0 20px; padding: 10px 14px; border: 1px solid var(--differs-line); border-radius: 10px; background: var(--differs-soft); color: var(--differs); }
ul { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr)); gap: 8px; margin: 0; padding: 0; list-style: none; }
form { margin: 0; }
.persona { display: grid; grid-template-columns: 40px 1fr; gap: 2px 12px; align-items: center; width: 100%; min-height: 64px; padding: 10px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--surface); color: var(--text); font: inherit; text-align: left; cursor: pointer; }
.persona:hover { border-color: var(--control); background: var(--sunken); }
.persona .mark { grid-row: span 2; display: grid; place-items: center; width: 40px; height: 40px; border-radius: 50%; background: var(--person-soft); color: var(--person); font-weight: 620; }
.persona .role { font-weight: 540; }
.persona .who { color: var(--third); font-size: 13px; }
.button { display: inline-flex; align-items: center; min-height: 36px; padding: 7px 14px; border-radius: 8px; background: var(--accent); color: var(--on-accent); font-weight: 540; text-decoration: none; }
.button.second { background: none; color: inherit; box-shadow: inset 0 0 0 1px var(--control); }
.after { display: flex; flex-wrap: wrap; gap: 8px; margin: 20px 0 0; }
.code { margin: 16px 0 0; color: var(--third); font: 12px/16px ui-monospace, monospace; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
@media (max-width: 480px) { .persona, .button { min-height: 44px; } }
`;
