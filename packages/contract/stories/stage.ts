// Where a story is told: players say things, minute by minute, and the author says what must come of it.
import {
  type Basis,
  type Draft,
  formatEnvelope,
  formatUtcTime,
  type Signature,
  type Signer,
  type Statement,
  type StatementId,
  type SupersedingReason,
  seal,
  sha256,
  utcTimeMs,
  utf8,
} from "@fiducial/core";
import { draftOf, type Given } from "../src/kernel/draft.ts";
import type { Kind } from "../src/kernel/kind.ts";
import type { Player } from "./cast.ts";

/** What the author of a story says must come of a statement. */
export type Expected =
  | { readonly accepted: true; readonly findings: readonly string[] }
  | { readonly accepted: false; readonly code: string };

/** The statement is accepted, with these findings, sorted, and no others. */
export const accepted = (...findings: readonly string[]): Expected => ({ accepted: true, findings });
/** The statement is refused. */
export const refused = (code: string): Expected => ({ accepted: false, code });

/** One statement at its time, with what must come of it. */
export interface Step {
  readonly kind: string;
  readonly recordedAt: string;
  readonly statement: Statement;
  readonly expected: Expected;
}

/** What is said. Times are as they should be, and observations seen, unless told otherwise. */
export interface Said<Open, Sealed> {
  readonly open: Given<Open>;
  readonly sealed: Given<Sealed>;
  readonly basis?: Basis;
  readonly supersedes?: { readonly statement: StatementId; readonly reason: SupersedingReason };
  /** Seconds before recording; negative for a clock that is ahead. Two unless told. */
  readonly signedBefore?: number;
  readonly occurredAt?: string;
  /** Bends the draft out of shape, as no honest builder would. */
  readonly bend?: (draft: Draft) => Draft;
  /** The position of a signature to be spoiled. */
  readonly spoil?: number;
}

/** What a story does. */
export interface Stage {
  /** The first player states it, the others counter-sign. Returns the statement's id. */
  says<Open, Sealed>(
    kind: Kind<Open, Sealed>,
    by: Player | readonly [Player, ...Player[]],
    said: NoInfer<Said<Open, Sealed>>,
    expected: Expected,
  ): StatementId;
  /** Lets hours pass. */
  wait(hours: number): void;
  /** The time at which the next statement is recorded, so many hours from now. */
  time(hours?: number): string;
}

/** The log on which all stories take place. */
export const storyLog = "stories.example/log";

/** Tells a story from `start` on and returns its steps. Seeds are drawn from `title`, so that every telling is the same. */
export function tell(title: string, start: string, story: (stage: Stage) => void): readonly Step[] {
  const steps: Step[] = [];
  let now = utcTimeMs(start) as number;
  const time = (hours = 0) => formatUtcTime(now + hours * msPerHour);
  story({
    time,
    wait: (hours) => {
      now += hours * msPerHour;
    },
    says: (kind, by, said, expected) => {
      const players: readonly Player[] = "actor" in by ? [by] : by;
      const seed = sha256(utf8(`fiducial stories seed ${title} ${steps.length}`));
      const statement = statementOf(kind, players, said, now, seed);
      steps.push({ kind: kind.name, recordedAt: time(), statement, expected });
      now += msPerMinute;
      return statement.id;
    },
  });
  return steps;
}

const msPerMinute = 60_000;
const msPerHour = 60 * msPerMinute;
const msPerSecond = 1000;

function statementOf<Open, Sealed>(
  kind: Kind<Open, Sealed>,
  players: readonly Player[],
  said: Said<Open, Sealed>,
  now: number,
  seed: Uint8Array,
): Statement {
  const signedMs = now - (said.signedBefore ?? 2) * msPerSecond;
  const basis = said.basis ?? (kind.nature === "observation" ? "seen" : undefined);
  const draft = draftOf<Open, Sealed>(kind, {
    log: storyLog,
    signers: players.map(signerOf) as [Signer, ...Signer[]],
    occurredAt: said.occurredAt ?? formatUtcTime(signedMs - 10 * msPerSecond),
    signedAt: formatUtcTime(signedMs),
    ...(basis && { basis }),
    ...(said.supersedes && { supersedes: said.supersedes }),
    open: said.open,
    sealed: said.sealed,
  } as Parameters<typeof draftOf<Open, Sealed>>[1]);
  const { content, payload, signed, id } = seal(said.bend?.(draft) ?? draft, seed);
  const signatures = players.map(({ key }, index): Signature => {
    const signature = key.sign(signed, id);
    return { keyid: key.id, ...signature, sig: index === said.spoil ? spoiled(signature.sig) : signature.sig };
  });
  return { id, bytes: formatEnvelope(payload, signatures), payload, signed, content, signatures };
}

function signerOf({ actor, organization, key }: Player, index: number): Signer {
  return { actor, capacity: index === 0 ? "self" : "counter-signature", key: key.id, organization };
}

// The last bit of r or R: still a signature in form, of nobody.
function spoiled(signature: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(signature);
  copy[31] = (copy[31] as number) ^ 1;
  return copy;
}
