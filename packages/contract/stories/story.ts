// What a story is: a few statements in order, with the verdict that the author demands of each.
import type { Kind } from "../src/kernel/kind.ts";
import { type Prologue, prologues } from "./prologues.ts";
import { type Stage, type Step, tell } from "./stage.ts";

/** A story about one rule or habit of a kind. */
export interface Story {
  readonly title: string;
  /** Where the rule is written. */
  readonly clause: string;
  /** What happened before, by name. */
  readonly prologue: Prologue;
  readonly steps: readonly Step[];
}

/** The stories of one kind, or of the kernel. */
export interface Stories {
  /** `name/version` of a kind, or `kernel`. */
  readonly about: string;
  readonly stories: readonly Story[];
}

/** Collects the stories that `author` tells about a kind. */
export function storiesOf(
  about: Pick<Kind, "name" | "version"> | "kernel",
  author: (story: (title: string, clause: string, teller: (stage: Stage) => void, prologue?: Prologue) => void) => void,
): Stories {
  const stories: Story[] = [];
  const name = about === "kernel" ? about : `${about.name}/${about.version}`;
  author((title, clause, teller, prologue = "three-hospitals") => {
    const steps = tell(`${name} ${title}`, prologues[prologue].end, teller);
    stories.push({ title, clause, prologue, steps });
  });
  return { about: name, stories };
}
