// Drafts: typed by their kind, refused with the path of the bad field, and silent about what was left out.
import { contentOf, originDigest, payloadOf, seal } from "@fiducial/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ContractError } from "../contract-error.ts";
import { type DraftFields, draftOf } from "./draft.ts";
import { Count, Handle } from "./fields.ts";
import { accept, kind } from "./kind.ts";

const noted = kind("tests.thing.noted", 1, {
  nature: "observation",
  by: ["anyone"],
  home: "own",
  says: "A thing was noted.",
  open: z.strictObject({ thing: Handle, parts: z.array(z.strictObject({ count: Count })).optional() }),
  sealed: z.strictObject({ name: z.string(), remark: z.string().optional(), tags: z.array(z.string()).optional() }),
  refusals: [],
  findings: [],
  decide: () => accept(),
});

const signer = {
  actor: "a1".repeat(16),
  organization: "0a".repeat(16),
  key: "c3".repeat(32),
  capacity: "self",
} as const;
const fields = {
  log: "tests.example/log",
  signers: [signer],
  occurredAt: "2026-11-18T09:00:00.000+01:00",
  signedAt: "2026-11-18T08:00:01.000Z",
  basis: "seen",
  open: { thing: "7e".repeat(16) },
  sealed: { name: "A name" },
} as const;

/** What `draftOf` throws for fields that no compiler would let through. */
function faultOf(change: object): { code: string; path: readonly (string | number)[] } | undefined {
  try {
    draftOf(noted, { ...fields, ...change } as unknown as DraftFields<{ thing: string }, { name: string }>);
    return undefined;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { code: error.code, path: error.path };
  }
}

describe("a draft", () => {
  test("carries its kind and every sealed field, null for what was left out", () => {
    const draft = draftOf(noted, fields);
    expect(draft).toEqual({
      ...fields,
      kind: "tests.thing.noted",
      version: 1,
      sealed: { name: "A name", remark: null, tags: null },
    });
    const filled = draftOf(noted, { ...fields, sealed: { name: "A name", remark: "A remark", tags: [] } });
    const seed = new Uint8Array(32);
    expect(Object.keys(seal(filled, seed).content.commitments)).toEqual(
      Object.keys(seal(draft, seed).content.commitments),
    );
  });

  test("is typed by its kind", () => {
    // @ts-expect-error: the open field is missing.
    expect(() => draftOf(noted, { ...fields, open: {} })).toThrow(ContractError);
    // @ts-expect-error: a number is no name.
    expect(() => draftOf(noted, { ...fields, sealed: { name: 1 } })).toThrow(ContractError);
    // @ts-expect-error: the kind has no such field.
    expect(() => draftOf(noted, { ...fields, sealed: { name: "A name", surname: "" } })).toThrow(ContractError);
    const parts: readonly { readonly count: number }[] = [{ count: 1 }];
    expect(draftOf(noted, { ...fields, open: { ...fields.open, parts } }).open["parts"]).toEqual(parts);
  });

  test("takes undefined for left out, at any depth", () => {
    const open = { ...fields.open, parts: undefined };
    const draft = draftOf(noted, { ...fields, open, sealed: { name: "A name", remark: undefined } });
    expect(draft.open).toEqual(fields.open);
    expect(Object.keys(draft.open)).toEqual(["thing"]);
  });

  test("names the bad field by its path", () => {
    expect(faultOf({ open: {} })).toEqual({ code: "DRAFT_OPEN_INVALID", path: ["open", "thing"] });
    const parts = [{ count: 1 }, { count: 0.5 }];
    const bad = { code: "DRAFT_OPEN_INVALID", path: ["open", "parts", 1, "count"] };
    expect(faultOf({ open: { ...fields.open, parts } })).toEqual(bad);
    expect(faultOf({ sealed: {} })).toEqual({ code: "DRAFT_SEALED_INVALID", path: ["sealed", "name"] });
    expect(faultOf({ sealed: { name: "\ud800" } })).toEqual({ code: "DRAFT_SEALED_INVALID", path: ["sealed", "name"] });
    expect(faultOf({ basis: undefined })).toEqual({ code: "DRAFT_BASIS_INVALID", path: ["basis"] });
  });

  test("names a bad head by its path", () => {
    const second = { ...signer, key: "d4".repeat(32), capacity: "counter-signature" } as const;
    const heads: readonly [object, readonly (string | number)[]][] = [
      [{ log: "Not An Origin" }, ["log"]],
      [{ occurredAt: "2026-02-30T09:00:00.000Z" }, ["occurredAt"]],
      [{ signedAt: "2026-11-18T08:00:01.000+01:00" }, ["signedAt"]],
      [{ signers: [] }, ["signers"]],
      [{ signers: [second] }, ["signers"]],
      [{ signers: [signer, signer] }, ["signers"]],
      [{ signers: [signer, { ...second, key: signer.key }] }, ["signers"]],
      [{ signers: [{ ...signer, principal: signer.actor }] }, ["signers", 0]],
      [{ signers: [{ ...signer, capacity: "on-behalf-of" }] }, ["signers", 0]],
      [{ supersedes: { statement: "short", reason: "amended" } }, ["supersedes", "statement"]],
      [{ remark: "A remark" }, []],
    ];
    for (const [head, path] of heads) expect(faultOf(head)).toEqual({ code: "DRAFT_HEAD_INVALID", path });
    expect(faultOf({ signers: [signer, second] })).toBeUndefined();
  });

  test("never says what the bad value is", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12 }), (secret) => {
        fc.pre(!/^[\d .]*$/.test(secret));
        for (const change of [{ open: { thing: secret } }, { sealed: { name: [secret] } }, { log: `${secret} ` }]) {
          try {
            draftOf(noted, { ...fields, ...change } as unknown as typeof fields);
          } catch (error) {
            expect((error as Error).message).not.toContain(secret);
            continue;
          }
          throw new Error("It was taken.");
        }
      }),
    );
  });

  test("always reads back as what it says", () => {
    const handle = fc.stringMatching(/^[0-9a-f]{32}$/);
    const sealed = fc.record({
      name: fc.string({ unit: "grapheme" }),
      remark: fc.option(fc.string(), { nil: undefined }),
    });
    fc.assert(
      fc.property(handle, sealed, fc.uint8Array({ minLength: 32, maxLength: 32 }), (thing, hidden, seed) => {
        const { content } = seal(draftOf(noted, { ...fields, open: { thing }, sealed: hidden }), seed);
        const digest = originDigest(content.log);
        expect(contentOf(payloadOf(content, digest), originDigest)).toEqual(content);
      }),
    );
  });
});
