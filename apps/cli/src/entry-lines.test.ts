import type { EntrySummary } from "@fiducial/api";
import { contracts } from "@fiducial/contract";
import { expect, test } from "vitest";
import { entryLines } from "./entry-lines.ts";

const handle = "0123456789abcdef0123456789abcdef";
const plain = { style: (_: string, text: string) => text };

function entry(change: Partial<EntrySummary>): EntrySummary {
  return {
    ...{ index: 7, id: "cd".repeat(32), kind: "imaging.study.registered", version: 1, nature: "observation" },
    ...{ recordedAt: "2026-11-18T08:44:09.214Z", occurredAt: "2026-11-18T08:44:09.214Z" },
    ...{ signedAt: "2026-11-18T08:44:09.214Z", findings: [] },
    signers: [
      {
        ...{ actor: handle, type: "software", name: "Gateway 1", roles: [], capacity: "on-behalf-of" },
        ...{ organization: handle, organizationName: "Northlake" },
      },
    ],
    open: { study: handle, instances: 412, series: 3, modalities: ["CT"] },
    ...change,
  };
}

test("number, time and sentence stand in columns, and what belongs to it below the sentence", () => {
  const [first = "", second = ""] = entryLines(entry({}), 4, plain);
  expect(first).toMatch(/^ {3}#7 {2}2026-11-18 08:44:09 UTC {2}Gateway 1 received 412 objects of a CT study/);
  expect(second.search(/\S/)).toBe(first.indexOf("Gateway 1"));
  expect(second).toMatch(/imaging\.study\.registered · Gateway 1 for Northlake · study 0123456789abcdef…$/);
});

test("people are told by the role that entitles them, never by name", () => {
  const person = { actor: handle, type: "person", name: "Anna Berg", roles: ["auditor", "radiologist"] } as const;
  const signers = [{ ...person, roles: [...person.roles], capacity: "self" as const, organization: handle }];
  const text = entryLines(entry({ kind: "imaging.study.rejected", signers, open: {} }), 1, plain).join("\n");
  expect(text).not.toContain("Anna");
  expect(text.match(/A radiologist/g)).toHaveLength(2);
});

test("what was found is said, each below the other", () => {
  const lines = entryLines(entry({ findings: ["COPY_ALTERED", "CLOCK_SKEW"] }), 1, plain);
  expect(lines).toHaveLength(4);
  expect(lines[2]).toMatch(/^ +COPY_ALTERED: \S/);
});

test.each([...new Set(contracts.flatMap(({ kinds }) => kinds.map(({ name }) => name)))])(
  "%s has a sentence of its own in the list",
  (kind) => {
    const [line = ""] = entryLines(entry({ kind, open: {} }), 1, plain);
    expect(line).toMatch(/ {2}Gateway 1 \S.*\.$/);
    expect(line).not.toContain(kind);
  },
);
