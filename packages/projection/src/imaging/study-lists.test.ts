// Lists of studies by modality, device and time, held against the same lists made by looking at every study.
import type { Content } from "@fiducial/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FoldedEntry } from "../fold.ts";
import { openProjection } from "../projection.ts";
import type { StudyFilter } from "./imaging-part.ts";

const modalities = ["CT", "MR", "SR", "SEG"];
const devices = ["a1".repeat(16), "b2".repeat(16)];
const start = Date.parse("2026-11-01T00:00:00.000Z");
const handleOf = (index: number) => String(index).padStart(32, "0");

interface Happening {
  readonly kind: "registered" | "derived" | "extended";
  readonly modalities: readonly string[];
  readonly device: string | undefined;
  /** Which of the studies before it an extension is of. */
  readonly of: number;
  readonly pauseMs: number;
}

const happening: fc.Arbitrary<Happening> = fc.record({
  kind: fc.constantFrom("registered", "registered", "derived", "extended"),
  modalities: fc.subarray(modalities),
  device: fc.option(fc.constantFrom(...devices), { nil: undefined }),
  of: fc.nat(40),
  pauseMs: fc.constantFrom(0, 1, 3_600_000),
});
const filter: fc.Arbitrary<StudyFilter> = fc.record(
  {
    limit: fc.integer({ min: 1, max: 8 }),
    before: fc.nat(40),
    modality: fc.constantFrom(...modalities, "XA"),
    device: fc.constantFrom(...devices, "c3".repeat(16)),
    fromMs: fc.integer({ min: start - 1, max: start + 40 * 3_600_000 }),
    toMs: fc.integer({ min: start - 1, max: start + 40 * 3_600_000 }),
  },
  { requiredKeys: ["limit"] },
);

interface Expected {
  readonly index: number;
  readonly atMs: number;
  readonly device: string | undefined;
  readonly modalities: Set<string>;
}

function entriesOf(happenings: readonly Happening[]): { entries: FoldedEntry[]; studies: Expected[] } {
  const studies: Expected[] = [];
  let atMs = start;
  const entries = happenings.map(({ kind, modalities, device, of, pauseMs }, index) => {
    atMs += pauseMs;
    const extended = kind === "extended" ? studies[of % Math.max(1, studies.length)] : undefined;
    for (const modality of modalities) extended?.modalities.add(modality);
    if (extended === undefined) studies.push({ index, atMs, device, modalities: new Set(modalities) });
    const open = { study: handleOf(extended?.index ?? index), modalities, series: 1, instances: 2, device };
    const name = extended === undefined && kind === "extended" ? "registered" : kind;
    const content = { kind: `imaging.study.${name}`, open, signers: [] } as unknown as Content;
    return { index, recordedAt: new Date(atMs).toISOString(), findings: [], id: handleOf(index), content };
  });
  return { entries, studies };
}

test("a list holds what every filter lets through, newest first", () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), fc.array(filter, { maxLength: 8 }), (happenings, filters) => {
      const { entries, studies } = entriesOf(happenings);
      const projection = openProjection(":memory:");
      projection.apply(entries);
      for (const each of filters) {
        const { limit, before = 99, modality, device, fromMs = 0, toMs = Number.MAX_SAFE_INTEGER } = each;
        const expected = studies
          .filter(({ index, atMs }) => index < before && atMs >= fromMs && atMs < toMs)
          .filter((study) => modality === undefined || study.modalities.has(modality))
          .filter((study) => device === undefined || study.device === device)
          .map(({ index }) => index)
          .reverse()
          .slice(0, limit);
        expect(projection.imaging.studies(each).map(({ index }) => index)).toEqual(expected);
      }
      const counted = modalities
        .map((modality) => ({ modality, studies: studies.filter((study) => study.modalities.has(modality)).length }))
        .filter(({ studies }) => studies > 0)
        .sort((a, b) => (a.modality < b.modality ? -1 : 1));
      expect(projection.imaging.modalities()).toEqual(counted);
      projection.close();
    }),
  );
});
