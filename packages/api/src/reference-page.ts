// The reference as a page for browsers: HTML without scripts, so that the strictest Content-Security-Policy lets it be.
import { PurposeOfUse } from "@fiducial/contract";
import type { JsonObject } from "@fiducial/core";
import { type ReferenceEntry, type ReferenceField, referenceOf } from "./reference.ts";

const style = `
:root { color-scheme: light dark; --line: light-dark(#d8dee6, #333a44); --dim: light-dark(#55606e, #9aa6b5); --soft: light-dark(#f4f6f9, #1b2027); --key: light-dark(#0b5cad, #7db8f5); }
body { margin: 0; font: 15px/1.55 system-ui, sans-serif; }
main, header { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem; }
nav ul { list-style: none; padding: 0; columns: 22rem; }
nav a, td code, h2 code { font-family: ui-monospace, monospace; font-size: .92em; }
a { color: var(--key); }
article { border-top: 1px solid var(--line); padding: .5rem 0 1rem; }
h2 { font-size: 1.05rem; overflow-wrap: anywhere; }
h3 { font-size: .9rem; margin: .9rem 0 .2rem; color: var(--dim); }
.method { display: inline-block; min-width: 3.2rem; color: var(--key); font-weight: 650; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--dim); font-size: .85rem; }
pre { background: var(--soft); padding: .6rem .8rem; overflow-x: auto; border-radius: 6px; }
`;

/** Writes the page of an OpenAPI document. */
export function referencePage(document: JsonObject): string {
  const entries = referenceOf(document);
  const { version } = document["info"] as { version: string };
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Fiducial: HTTP reference</title><style>${style}</style></head><body>`,
    `<header><h1>HTTP reference</h1><p>Version ${escaped(version)}. The same as a document for programs: <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.</p>`,
    "<p>Lists come a page at a time, newest first. While there are more, a page has <code>next</code>: send it back in the parameter that its address names. A refusal is <code>application/problem+json</code> with a <code>code</code>; with <code>REQUEST_INVALID</code>, <code>errors</code> names what does not fit.</p>",
    `<p>The header <code>Purpose-Of-Use</code> says what for somebody reads, which is recorded with what is shown: ${PurposeOfUse.options.map((code) => `<code>${code}</code>`).join(", ")}.</p></header>`,
    `<main><nav aria-label="Addresses"><ul>${entries.map(linkOf).join("")}</ul></nav>`,
    ...entries.map(articleOf),
    "</main></body></html>",
  ].join("\n");
}

function linkOf({ id, method, path }: ReferenceEntry): string {
  return `<li><a href="#${escaped(id)}">${method} ${escaped(path)}</a></li>`;
}

function articleOf({
  id,
  method,
  path,
  says,
  permission,
  parameters,
  query,
  body,
  answer,
  problems,
  curl,
}: ReferenceEntry): string {
  return [
    `<article id="${escaped(id)}"><h2><span class="method">${method}</span> <code>${escaped(path)}</code></h2><p>${escaped(says)}</p><p>Permission: <code>${escaped(permission)}</code></p>`,
    fields("In the address", parameters),
    fields("Query", query),
    ...(body === undefined ? [] : [fields(`Body, ${body.mediaType}`, body.fields)]),
    fields(`Answer, ${answer.mediaType}`, answer.fields),
    `<h3>curl</h3><pre tabindex="0"><code>${escaped(curl)}</code></pre>`,
    `<details><summary>Problems</summary><table><thead><tr><th scope="col">status</th><th scope="col">codes</th></tr></thead><tbody>`,
    ...problems.map((problem) => `<tr><td>${problem.status}</td><td>${escaped(problem.says)}</td></tr>`),
    "</tbody></table></details></article>",
  ].join("\n");
}

function fields(title: string, rows: readonly ReferenceField[]): string {
  if (rows.length === 0)
    return title.startsWith("Body") || title.startsWith("Answer") ? `<h3>${escaped(title)}</h3>` : "";
  const lines = rows.map(
    ({ name, type, required }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${escaped(type)}</td><td>${required ? "always" : "if any"}</td></tr>`,
  );
  return `<h3>${escaped(title)}</h3><table><thead><tr><th scope="col">name</th><th scope="col">type</th><th scope="col">there</th></tr></thead><tbody>${lines.join("")}</tbody></table>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
