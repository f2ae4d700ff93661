// Rules with one code taken out of one of them: what the stories must notice.
import type { Case, Rule } from "./case.ts";
import { documentedRules, type Rules } from "./decider.ts";
import { differing } from "./replay.ts";

/** The rules of every statement, or those of one kind. */
export type RuleTable = "kernel" | "own";

/** The rules with one that neither refuses nor marks with the code. */
export function withoutCode(table: RuleTable, name: string, code: string): Rules {
  return {
    ...documentedRules,
    [table]: { ...documentedRules[table], [name]: without(documentedRules[table][name], code) },
  };
}

/** Every code that a rule of the table asks for or may find while the stories are told, with the rule's name. */
export function codesOf(table: RuleTable): readonly { readonly name: string; readonly code: string }[] {
  const seen = new Map<string, { name: string; code: string }>();
  const listening = Object.entries(documentedRules[table]).map(([name, rule]): [string, Rule] => [
    name,
    heard(rule, (code) => seen.set(`${name} ${code}`, { name, code })),
  ]);
  differing({ ...documentedRules, [table]: Object.fromEntries(listening) });
  return [...seen.values()];
}

function without(rule: Rule | undefined, waived: string): Rule {
  return (about) =>
    rule?.({
      ...about,
      ask(holds: unknown, code: string): asserts holds {
        if (code !== waived) (about.ask as (holds: unknown, code: string) => void)(holds, code);
      },
      find(holds, code) {
        if (code !== waived) about.find(holds, code);
      },
    });
}

function heard(rule: Rule, hear: (code: string) => void): Rule {
  return (about: Case) =>
    rule({
      ...about,
      ask(holds: unknown, code: string): asserts holds {
        hear(code);
        about.ask(holds, code);
      },
      find(holds, code) {
        hear(code);
        about.find(holds, code);
      },
    });
}
