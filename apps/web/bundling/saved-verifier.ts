// The offline verifier as one file: style and script inside, each allowed by its hash, and nothing else. It works from a disk, without a network.
import { createHash } from "node:crypto";
import type { Rolldown } from "vite";

/** Where a node may put its policy, so that whoever saves the page has it at hand. */
export const policyPlace = '<script type="application/json" id="policy"></script>';

/** Puts a bundle (one script, one style) and the script that sets the theme into a page. */
export function savedVerifier(bundle: Rolldown.RolldownOutput, themeScript: string): string {
  const script = escaped(only(bundle.output.flatMap((item) => (item.type === "chunk" ? [item.code] : []))));
  const style = only(bundle.output.flatMap((item) => (item.type === "asset" ? [String(item.source)] : [])));
  const theme = escaped(themeScript);
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(theme)} ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Fiducial verifier</title>
<script>${theme}</script>
<style>${style}</style>
</head>
<body>
${policyPlace}
<noscript>The verifier compares in this browser, and needs JavaScript for that.</noscript>
<script type="module">${script}</script>
</body>
</html>
`;
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

// The text of a script ends at the first thing that looks like its end.
function escaped(script: string): string {
  return script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
}

function only(texts: readonly string[]): string {
  const [text, ...others] = texts;
  if (text === undefined || others.length > 0) throw new Error("The verifier must be one script and one style.");
  return text;
}
