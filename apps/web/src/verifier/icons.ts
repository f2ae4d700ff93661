// The icons of the verifier, and the mark: outlines of Tabler Icons (MIT), whose React components are too heavy for it.

const outlines = {
  file: "M14 3v4a1 1 0 0 0 1 1h4M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2",
  fingerprint:
    "M18.9 7a8 8 0 0 1 1.1 5v1a6 6 0 0 0 .8 3M8 11a4 4 0 0 1 8 0v1a10 10 0 0 0 2 6M12 11v2a14 14 0 0 0 2.5 8M8 15a18 18 0 0 0 1.8 6M4.9 19a22 22 0 0 1 -.9 -7v-1a8 8 0 0 1 12 -6.95",
  stack: "M12 4l-8 4l8 4l8 -4l-8 -4M4 12l8 4l8 -4M4 16l8 4l8 -4",
  signature:
    "M3 17c3.333 -3.333 5 -6 5 -8c0 -3 -1 -3 -2 -3s-2.032 1.085 -2 3c.034 2.048 1.658 4.877 2.5 6c1.5 2 2.5 2.5 3.5 1l2 -3c.333 2.667 1.333 4 3 4c.53 0 2.639 -2 3 -2c.517 0 1.517 .667 3 2",
  key: "M16.555 3.843l3.602 3.602a2.877 2.877 0 0 1 0 4.069l-2.643 2.643a2.877 2.877 0 0 1 -4.069 0l-.301 -.301l-6.558 6.558a2 2 0 0 1 -1.239 .578l-.175 .008h-1.172a1 1 0 0 1 -.993 -.883l-.007 -.117v-1.172a2 2 0 0 1 .467 -1.284l.119 -.13l.414 -.414h2v-2h2v-2l2.144 -2.144l-.301 -.301a2.877 2.877 0 0 1 0 -4.069l2.643 -2.643a2.877 2.877 0 0 1 4.069 0M15 9h.01",
  tree: "M14 6a2 2 0 1 0 -4 0a2 2 0 0 0 4 0M7 14a2 2 0 1 0 -4 0a2 2 0 0 0 4 0M21 14a2 2 0 1 0 -4 0a2 2 0 0 0 4 0M14 18a2 2 0 1 0 -4 0a2 2 0 0 0 4 0M12 8v8M6.316 12.496l4.368 -4.992M17.684 12.496l-4.366 -4.99",
  flag: "M5 5a5 5 0 0 1 7 0a5 5 0 0 0 7 0v9a5 5 0 0 1 -7 0a5 5 0 0 0 -7 0v-9M5 21v-7",
  users:
    "M5 7a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M3 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2M16 3.13a4 4 0 0 1 0 7.75M21 21v-2a4 4 0 0 0 -3 -3.85",
  check: "M5 12l5 5l10 -10",
  alert:
    "M12 9v4M10.363 3.591l-8.106 13.534a1.914 1.914 0 0 0 1.636 2.871h16.214a1.914 1.914 0 0 0 1.636 -2.87l-8.106 -13.536a1.914 1.914 0 0 0 -3.274 0M12 16h.01",
  x: "M18 6l-12 12M6 6l12 12",
  question: "M8 8a3.5 3 0 0 1 3.5 -3h1a3.5 3 0 0 1 3.5 3a3 3 0 0 1 -2 3a3 4 0 0 0 -2 4M12 19l0 .01",
  minus: "M5 12l14 0",
  "shield-check":
    "M11.46 20.846a12 12 0 0 1 -7.96 -14.846a12 12 0 0 0 8.5 -3a12 12 0 0 0 8.5 3a12 12 0 0 1 -.09 7.06M15 19l2 2l4 -4",
  "shield-half": "M12 3a12 12 0 0 0 8.5 3a12 12 0 0 1 -8.5 15a12 12 0 0 1 -8.5 -15a12 12 0 0 0 8.5 -3M12 3v18",
  "shield-x":
    "M13.252 20.601c-.408 .155 -.826 .288 -1.252 .399a12 12 0 0 1 -8.5 -15a12 12 0 0 0 8.5 -3a12 12 0 0 0 8.5 3a12 12 0 0 1 -.19 7.357M22 22l-5 -5M17 22l5 -5",
  "shield-question":
    "M15.065 19.732c-.95 .557 -1.98 .986 -3.065 1.268a12 12 0 0 1 -8.5 -15a12 12 0 0 0 8.5 -3a12 12 0 0 0 8.5 3c.51 1.738 .617 3.55 .333 5.303M19 22v.01M19 19a2.003 2.003 0 0 0 .914 -3.782a1.98 1.98 0 0 0 -2.414 .483",
  "clock-exclamation": "M20.986 12.502a9 9 0 1 0 -5.973 7.98M12 7v5l3 3M19 16v3M19 22v.01",
  "file-off": "M3 3l18 18M7 3h7l5 5v7m0 4a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2v-14",
  "file-upload":
    "M14 3v4a1 1 0 0 0 1 1h4M17 21h-10a2 2 0 0 1 -2 -2v-14a2 2 0 0 1 2 -2h7l5 5v11a2 2 0 0 1 -2 2M12 11v6M9.5 13.5l2.5 -2.5l2.5 2.5",
} as const;
export type IconName = keyof typeof outlines;

const svg = "http://www.w3.org/2000/svg";

/** Draws an icon, `size` pixels wide and high. It says nothing by itself: words stand beside it. */
export function icon(name: IconName, size: number): SVGSVGElement {
  return drawing(24, size, "1.75", outlines[name]);
}

/** Draws the mark of the product, as ui/logo.tsx does: a fiducial, one quarter of its ring and its middle in the accent colour. */
export function logo(size: number): SVGSVGElement {
  const drawn = drawing(32, size, "2.5", "M16 6.5A9.5 9.5 0 1 0 25.5 16M16 2v8M16 22v8M2 16h8M22 16h8");
  const accent = path("M20.1 7.43A9.5 9.5 0 0 1 24.57 11.9M14.75 16a1.25 1.25 0 1 0 2.5 0a1.25 1.25 0 1 0 -2.5 0");
  accent.setAttribute("stroke", "var(--accent)");
  drawn.append(accent);
  return drawn;
}

function drawing(units: number, size: number, width: string, outline: string): SVGSVGElement {
  const drawn = document.createElementNS(svg, "svg");
  const attributes = {
    viewBox: `0 0 ${units} ${units}`,
    width: String(size),
    height: String(size),
    fill: "none",
    stroke: "currentColor",
    "stroke-width": width,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  };
  for (const [attribute, value] of Object.entries(attributes)) drawn.setAttribute(attribute, value);
  drawn.append(path(outline));
  return drawn;
}

function path(outline: string): SVGPathElement {
  const drawn = document.createElementNS(svg, "path");
  drawn.setAttribute("d", outline);
  return drawn;
}
