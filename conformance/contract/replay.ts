// Replays stories by given rules: verdict by verdict, and the state digest at the end. vectors/contract/README.md.
import { canonicalText } from "./canonical-text.ts";
import { decide, type Rules, type Verdict } from "./decider.ts";
import { emptyReplica, extended, type Replica } from "./replica.ts";
import { prologues, type Step, type Story, stories } from "./stories.ts";

/** What became of a story. */
export interface Outcome {
  readonly title: string;
  readonly verdicts: readonly Verdict[];
  readonly finalStateDigest: string;
}

/** What a story's author demands. */
export function demanded({ title, steps, finalStateDigest }: Story): Outcome {
  return { title, verdicts: steps.map(({ verdict }) => verdict), finalStateDigest };
}

/** Replays a story upon its prologue. Throws TypeError when a step of that is refused or marked. */
export function replayed(rules: Rules, { title, prologue, steps }: Story): Outcome {
  const { replica, verdicts } = run(rules, prologueOf(rules, prologue), steps);
  return { title, verdicts, finalStateDigest: replica.digest.toString("hex") };
}

/** The titles of the stories that these rules tell differently, or cannot tell to the end. */
export function differing(rules: Rules): readonly string[] {
  return [...stories.values()].flat().flatMap((story) => (isTold(rules, story) ? [] : [story.title]));
}

function isTold(rules: Rules, story: Story): boolean {
  try {
    return canonicalText(replayed(rules, story)) === canonicalText(demanded(story));
  } catch (fault) {
    // A rule that is left out may have kept the next one from a row that is not there.
    if (fault instanceof TypeError) return false;
    throw fault;
  }
}

interface Run {
  readonly replica: Replica;
  readonly verdicts: readonly Verdict[];
}

function run(rules: Rules, start: Replica, steps: readonly Step[]): Run {
  let replica = start;
  const verdicts = steps.map(({ submission }) => {
    const { verdict, writes } = decide(rules, replica, submission);
    const { statement } = submission;
    if (verdict.accepted && statement !== undefined) {
      const { kind, signers } = statement.content;
      replica = extended(replica, statement.id, { kind, organization: signers[0].organization }, writes);
    }
    return verdict;
  });
  return { replica, verdicts };
}

const begun = new WeakMap<Rules, Map<string, Replica>>();

/** The replica after a prologue, computed once for each set of rules. */
function prologueOf(rules: Rules, name: string): Replica {
  const known = begun.get(rules) ?? new Map<string, Replica>();
  begun.set(rules, known);
  const replica = known.get(name) ?? replicaAfter(rules, name);
  known.set(name, replica);
  return replica;
}

function replicaAfter(rules: Rules, name: string): Replica {
  const steps = prologues.get(name);
  if (steps === undefined) throw new TypeError(`No prologue is named ${name}.`);
  const { replica, verdicts } = run(rules, emptyReplica, steps);
  if (verdicts.some((verdict) => !verdict.accepted || verdict.findings.length > 0)) {
    throw new TypeError(`The prologue ${name} is not accepted without findings.`);
  }
  return replica;
}
