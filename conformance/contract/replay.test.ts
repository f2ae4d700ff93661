// Every story of the contract, told again by a decider that was written from the documents. docs/formats/contract.md.
import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { contractDigest } from "./canonical-text.ts";
import { put, type Rule, row, rule } from "./case.ts";
import { codesOf, withoutCode } from "./controls.ts";
import { documentedRules, type Rules } from "./decider.ts";
import { instants } from "./instants.ts";
import { timesBy } from "./kernel-rules.ts";
import type { PublishedKind } from "./published-kinds.ts";
import { demanded, differing, replayed } from "./replay.ts";
import type { StudyRow } from "./rows.ts";
import { stories, storyFiles } from "./stories.ts";

const { kernel, own, kinds } = documentedRules;
const none: Rule = () => undefined;
const ownCodes = codesOf("own");

describe("a decider written from the documents", () => {
  test.each([...stories.keys()])("tells the stories of %s as their authors do", (file) => {
    const told = stories.get(file) ?? [];
    expect(told.length).toBeGreaterThan(0);
    expect(told.map((story) => replayed(documentedRules, story))).toEqual(told.map(demanded));
  });

  test("has a rule and stories for every kind that is published", () => {
    expect(
      Object.keys(own)
        .map((kind) => `${kind}/1`)
        .sort(),
    ).toEqual([...kinds.keys()].sort());
    expect([...stories.keys()].sort()).toEqual(["kernel", ...kinds.keys()].sort());
  });

  test("asks for and finds the codes that the page of kinds lists", () => {
    const codes = Object.keys(own).map((kind) => ({
      kind,
      codes: ownCodes.flatMap(({ name, code }) => (name === kind ? [code] : [])).sort(),
    }));
    expect(codes).toEqual(codes.map(({ kind }) => ({ kind, codes: kinds.get(`${kind}/1`)?.codes })));
  });

  test("computes the digest of the contract that the product has", () => {
    // Asked in a process of its own, so that nothing of the product is loaded here.
    const program = 'import { newestContract } from "@fiducial/contract"; process.stdout.write(newestContract.digest);';
    const product = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: import.meta.dirname,
      encoding: "utf8",
    });
    expect(contractDigest(storyFiles)).toBe(product);
  });
});

test("no story is told differently by the rules as they are", () => {
  expect(differing(documentedRules)).toEqual([]);
});

describe("some story is told differently", () => {
  test.each(Object.keys(kernel))("without the rule of every statement about %s", (name) => {
    expect(differing({ ...documentedRules, kernel: { ...kernel, [name]: none } })).not.toEqual([]);
  });

  test.each(Object.keys(own))("without the own rule of %s", (kind) => {
    expect(differing({ ...documentedRules, own: { ...own, [kind]: none } })).not.toEqual([]);
  });

  test.each(codesOf("kernel"))("without $code in the rule of every statement about $name", ({ name, code }) => {
    expect(differing(withoutCode("kernel", name, code))).not.toEqual([]);
  });

  test.each(ownCodes)("without $code in the own rule of $name", ({ name, code }) => {
    expect(differing(withoutCode("own", name, code))).not.toEqual([]);
  });

  test.each(changedRules())("when $change", ({ rules }) => {
    expect(differing({ ...documentedRules, ...rules })).not.toEqual([]);
  });
});

interface ChangedRules {
  readonly change: string;
  readonly rules: Partial<Rules>;
}

/** Changes that leave every rule and code where it is, or only moves one. */
function changedRules(): readonly ChangedRules[] {
  const changed = (change: Partial<PublishedKind>) =>
    new Map([...kinds].map(([name, kind]) => [name, { ...kind, ...change }]));
  const { age, ...others } = kernel;
  return [
    { change: "envelopes of a byte more are read", rules: { largestEnvelopeBytes: 61_442 } },
    { change: "envelopes of a byte less alone are read", rules: { largestEnvelopeBytes: 61_439 } },
    { change: "envelopes of any length are read", rules: { largestEnvelopeBytes: Number.POSITIVE_INFINITY } },
    { change: "approvals are good for a week", rules: { kinds: changed({ goodForHours: 168 }) } },
    { change: "every kind is good for a day", rules: { kinds: changed({ goodForHours: 24 }) } },
    { change: "anyone may state any kind", rules: { kinds: changed({ by: ["anyone"] }) } },
    { change: "organizations alone may state", rules: { kinds: changed({ by: ["organization"] }) } },
    { change: "open fields are not looked at", rules: { kinds: changed({ open: () => true }) } },
    { change: "a statement's age is asked last", rules: { kernel: { ...others, age: age ?? none } } },
    { change: "an unknown offset begins a millisecond later", rules: { kernel: { ...kernel, times: shifted(1, 0) } } },
    {
      change: "an unknown offset begins a millisecond sooner",
      rules: { kernel: { ...kernel, times: shifted(-1, 0) } },
    },
    { change: "an unknown offset ends a millisecond later", rules: { kernel: { ...kernel, times: shifted(0, 1) } } },
    { change: "an unknown offset ends a millisecond sooner", rules: { kernel: { ...kernel, times: shifted(0, -1) } } },
    { change: "a study counts one object more", rules: { own: { ...own, "imaging.study.extended": counting(1) } } },
    { change: "a study counts one object less", rules: { own: { ...own, "imaging.study.extended": counting(-1) } } },
    { change: "a hold does not spare a study", rules: { own: { ...own, "imaging.hold.placed": unsparingHold } } },
    { change: "roles stand as they came", rules: { own: { ...own, "identity.role.granted": unsortedRole } } },
  ];
}

/** Reads a time without an offset as beginning and ending so many milliseconds later. */
function shifted(first: number, last: number): Rule {
  return timesBy((text) => {
    const { earliest, latest } = instants(text);
    return earliest === latest ? { earliest, latest } : { earliest: earliest + first, latest: latest + last };
  });
}

/** Lets a study have so many objects more than 1,000,000,000 at most. */
function counting(more: number): Rule {
  return rule((about, { study, instances }: { study: string; instances: number }) => {
    const before = row(about, "imaging/study", study);
    own["imaging.study.extended"]?.(about);
    const written = about.writes.get(`imaging/study/${study}`) as StudyRow | undefined;
    if (before === undefined || written === undefined) return;
    const counted = Math.min(before.instances + instances, 1_000_000_000 + more);
    put(about, "imaging/study", study, { ...written, instances: counted });
  });
}

const unsparingHold = rule((about, { study }: { study: string }) => {
  const before = row(about, "imaging/study", study);
  own["imaging.hold.placed"]?.(about);
  const written = about.writes.get(`imaging/study/${study}`) as StudyRow;
  put(about, "imaging/study", study, { ...written, destruction: before?.destruction ?? "none" });
});

const unsortedRole = rule((about, { actor, role }: { actor: string; role: string }) => {
  const before = row(about, "identity/actor", actor);
  own["identity.role.granted"]?.(about);
  if (before !== undefined) put(about, "identity/actor", actor, { ...before, roles: [...before.roles, role] });
});
