// The vocabulary: what every kind must be, whoever adds one.
import { describe, expect, test } from "vitest";
import { newestContract } from "./versions/contracts.ts";
import { vocabulary } from "./vocabulary.ts";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly additionalProperties?: boolean | Schema;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maximum?: number;
  readonly maxItems?: number;
}

/** Every schema inside a schema, with its path. */
function within(schema: Schema, path: string): readonly (readonly [string, Schema])[] {
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    within(member, `${path}.${name}`),
  );
  return [[path, schema], ...members, ...(schema.items ? within(schema.items, `${path}[]`) : [])];
}

const kinds = vocabulary();

describe("the vocabulary", () => {
  test("has every kind of the contract, once, in order", () => {
    expect(kinds.map(({ kind, version }) => `${kind}/${version}`)).toEqual(
      newestContract.kinds.map(({ name, version }) => `${name}/${version}`),
    );
    expect(new Set(kinds.map(({ kind }) => kind)).size).toBe(kinds.length);
    expect(JSON.parse(JSON.stringify(kinds))).toEqual(kinds);
  });

  test.each(kinds)("$kind: its open fields are strict and bounded, and none is free text", ({ open }) => {
    for (const [path, schema] of within(open as Schema, "open")) {
      switch (schema.type) {
        case "object":
          expect(schema.additionalProperties, path).toBe(false);
          break;
        case "array":
          expect(schema.maxItems, path).toBeLessThanOrEqual(256);
          break;
        case "string":
          expect(schema.enum ?? schema.pattern, path).toBeDefined();
          break;
        default:
          expect([path, schema.type]).toEqual([path, "integer"]);
          expect(schema.maximum, path).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
      }
    }
  });

  test.each(kinds)("$kind: its name, natures and codes fit together", (entry) => {
    const { kind, application, nature, by, says, sealed, refusals, findings, goodForHours } = entry;
    expect(kind).toMatch(/^[a-z]+\.[a-z]+\.[a-z]+$/);
    expect(application).toBe(kind.split(".")[0]);
    expect(by.length).toBeGreaterThan(0);
    expect(says).toMatch(/^[A-Z].*\.$/);
    expect((sealed as Schema).additionalProperties).toBe(false);
    expect(goodForHours).toBeLessThanOrEqual(168);
    for (const codes of [refusals, findings]) expect(new Set(codes).size).toBe(codes.length);
    // An observation is refused only when it is malformed, names nothing, or its signer may not state it.
    const allowed = ["KEY_UNKNOWN", "NOT_YOUR_KEY", "STATEMENT_UNKNOWN"];
    if (nature === "observation") expect(refusals.filter((code) => !allowed.includes(code))).toEqual([]);
  });
});
