// The report as text: one line for each figure, those of one bench under its name.
import { type Beside, type Figure, ratio } from "./figure.ts";
import type { Machine } from "./machine.ts";

const head = ["", "ours", "", "peer", "ours/peer", "limit", "ours/limit", "aim", "load"];

/** Writes the whole report. */
export function reportText(machine: Machine, figures: readonly Figure[], left: readonly string[]): string {
  const benches = [...new Set(figures.map(({ bench }) => bench))];
  const rows = benches.flatMap((bench) => [[bench], ...figures.filter((figure) => figure.bench === bench).map(rowOf)]);
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.filter((row) => row.length > 1).map((row) => row[column]?.length ?? 0)),
  );
  const { processor, threads, memoryGiB, node, platform, load } = machine;
  return [
    `${processor}, ${threads} threads, ${memoryGiB} GiB, Node ${node}, ${platform}; load ${load} at the start`,
    "",
    aligned(head, widths),
    ...rows.map((row) => (row.length === 1 ? `\n${row[0]}` : aligned(row, widths))),
    ...(left.length === 0 ? [] : ["", ...left.map((line) => `left out: ${line}`)]),
    "",
    "Medians. Ratios above 1 are in our favour. Aims are aims: this report never fails.",
    "",
  ].join("\n");
}

function rowOf(figure: Figure): string[] {
  const { what, measure, ours, peer, limit, aim, load } = figure;
  return [
    `  ${what}`,
    amount(ours),
    measure,
    named(peer),
    peer === undefined ? "" : times(ratio(figure, peer)),
    named(limit),
    limit === undefined ? "" : `${Math.round(100 * ratio(figure, limit))} %`,
    aim ?? "",
    load.toFixed(1),
  ];
}

function named(beside: Beside | undefined): string {
  return beside === undefined ? "" : `${amount(beside.value)} ${beside.name}`;
}

function times(value: number): string {
  return `${value.toFixed(2)} ×`;
}

// Three figures are as many as a shared machine lets anybody believe; thousands stay whole.
function amount(value: number): string {
  return value < 100 ? value.toPrecision(3) : String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ",");
}

// Texts to the left, numbers to the right.
function aligned(row: readonly string[], widths: readonly number[]): string {
  const cells = widths.map((width, column) => {
    const cell = row[column] ?? "";
    return column === 1 || column === 4 || column >= 6 ? cell.padStart(width) : cell.padEnd(width);
  });
  return cells.join("  ").trimEnd();
}
