// One condition of a rule, with the code that names its breach. Rules are lists of these, so that a test can leave one out and see it missed.

/** A condition on `Subject`. `holds` never throws, whatever bytes it is shown. */
export interface Check<Subject, Code extends string> {
  readonly code: Code;
  readonly holds: (subject: Subject) => boolean;
}

/** Returns the code of the first check that does not hold, or undefined when all do. */
export function firstFault<Subject, Code extends string>(
  checks: readonly Check<Subject, Code>[],
  subject: Subject,
): Code | undefined {
  for (const check of checks) if (!check.holds(subject)) return check.code;
  return undefined;
}
