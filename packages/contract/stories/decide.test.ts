// The kernel as a function: total, deterministic, blind to the order of members, and hands off its inputs.
import {
  type Content,
  contentOf,
  isJsonObject,
  type Json,
  type JsonObject,
  originDigest,
  payloadOf,
} from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findingOf, refusalOf } from "../src/codes.ts";
import { decide, type StatementFacts, type Verdict } from "../src/kernel/decide.ts";
import type { State } from "../src/kernel/state.ts";
import { contract1 } from "../src/versions/contract-1.ts";
import { allStories } from "./all.ts";
import { stateAfter } from "./performance.ts";

const steps = allStories.flatMap(({ stories }) => stories.flatMap((story) => story.steps));
const statements = steps.map(({ statement, recordedAt }) => ({ statement: statement as StatementFacts, recordedAt }));
const afterPrologue = stateAfter(contract1, "three-hospitals");
const states: readonly State[] = [afterPrologue, stateAfter(contract1, "empty"), frozenView(afterPrologue)];

/** One of the stories' statements, as it is or with something else put in one place of its content. */
const bent = fc
  .record({
    step: fc.constantFrom(...statements),
    place: fc.nat(),
    value: fc.option(fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>),
    signers: fc.boolean(),
  })
  .map(({ step: { statement, recordedAt }, place, value, signers }) => {
    const { open, signers: by } = statement.content;
    const content: Content =
      value === null
        ? statement.content
        : signers
          ? { ...statement.content, signers: replaced(by as never, place, value) as never }
          : { ...statement.content, open: replaced(open, place, value) as JsonObject };
    return { statement: { ...statement, content }, recordedAt };
  })
  .filter(({ statement }) => isReadable(statement.content));

const scene = fc.record({ ordered: bent, state: fc.constantFrom(...states), verified: fc.boolean() });

describe("decide", () => {
  test("never throws, and answers with codes that are in the tables", () => {
    fc.assert(
      fc.property(scene, ({ ordered, state, verified }) => {
        const verdict = decide(contract1, state, { ...ordered, index: 36 }, () => verified);
        if (verdict.accepted) {
          expect(verdict.findings.every((code) => findingOf(code) !== undefined)).toBe(true);
          expect(verdict.findings).toEqual([...new Set(verdict.findings)].sort());
          expect(new Set(verdict.writes.map(([key]) => key)).size).toBe(verdict.writes.length);
        } else expect(refusalOf(verdict.code), verdict.code).toBeDefined();
      }),
      { numRuns: 3000 },
    );
  });

  test("never throws on any JSON for open fields", () => {
    const kinds = contract1.kinds.map(({ name, version, sealedNames, nature }) => ({
      name,
      version,
      sealedNames,
      nature,
    }));
    const [
      {
        statement: { content, ...statement },
      },
    ] = statements as [(typeof statements)[0]];
    fc.assert(
      fc.property(
        fc.constantFrom(...kinds),
        fc.jsonValue() as fc.Arbitrary<Json>,
        ({ name, version, sealedNames, nature }, open) => {
          const commitments = Object.fromEntries(sealedNames.map((field) => [field, "00".repeat(32)]));
          const { basis: _, ...head } = content;
          const told: Content = {
            ...head,
            ...(nature === "observation" && { basis: "seen" }),
            kind: name,
            version,
            commitments,
            log: "stories.example/log",
            open: isJsonObject(open) ? open : { open },
          };
          for (const state of states) {
            const ordered = {
              statement: { ...statement, content: told },
              recordedAt: "2026-11-18T09:00:00.000Z",
              index: 36,
            };
            expect(decide(contract1, state, ordered, () => true).accepted).toBe(false);
          }
        },
      ),
    );
  });

  test("gives the same verdict twice, whatever the order of members, and changes nothing that it was given", () => {
    fc.assert(
      fc.property(scene, ({ ordered, state, verified }) => {
        const once = decide(contract1, state, { ...frozen(structuredClone(ordered)), index: 36 }, () => verified);
        expect(decide(contract1, state, { ...ordered, index: 36 }, () => verified)).toEqual(once);
        const { statement, recordedAt } = ordered;
        const turned = {
          statement: { ...statement, content: reversed(statement.content as never) as unknown as Content },
          recordedAt,
          index: 36,
        };
        expect(decide(contract1, state, turned, () => verified)).toEqual(once);
      }),
      { numRuns: 1000 },
    );
  });

  test("does not ask for a signature before it knows whose it is", () => {
    fc.assert(
      fc.property(bent, (ordered) => {
        const asked: number[] = [];
        const verdict: Verdict = decide(
          contract1,
          afterPrologue,
          { ...ordered, index: 36 },
          (_, index) => asked.push(index) > 0,
        );
        const count = ordered.statement.content.signers.length;
        expect(asked).toEqual(Array.from({ length: asked.length }, (_, index) => index));
        if (verdict.accepted) expect(asked.length).toBe(count);
      }),
    );
  });
});

/** Puts `value` in the place of the `place`-th value inside `json`, counted as a reader meets them. */
function replaced(json: Json, place: number, value: Json): Json {
  let count = 0;
  const total = size(json);
  const walk = (part: Json): Json => {
    if (count++ === place % total) return value;
    if (Array.isArray(part)) return part.map(walk);
    if (isJsonObject(part))
      return Object.fromEntries(Object.entries(part).map(([name, member]) => [name, walk(member)]));
    return part;
  };
  return walk(json);
}

function size(json: Json): number {
  if (Array.isArray(json)) return json.reduce((sum: number, part: Json) => sum + size(part), 1);
  return isJsonObject(json) ? Object.values(json).reduce((sum: number, part) => sum + size(part), 1) : 1;
}

function reversed(json: Json): Json {
  if (Array.isArray(json)) return json.map(reversed);
  if (!isJsonObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

// What core would not hand on is no input of the kernel.
function isReadable(content: Content): boolean {
  try {
    return contentOf(payloadOf(content, originDigest(content.log)), originDigest) !== undefined;
  } catch {
    return false;
  }
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  for (const member of Object.values(value)) frozen(member);
  return Object.freeze(value);
}

function frozenView(state: State): State {
  return { get: (key) => frozen(state.get(key)), statement: (id) => frozen(state.statement(id)) };
}
