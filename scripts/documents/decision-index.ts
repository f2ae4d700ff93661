// The index of decision records, made of the records themselves.

/** A record: its file's name, and its text. */
export interface DecisionRecord {
  readonly file: string;
  readonly text: string;
}

/** Writes the index page. Throws when two records have one number, or a title another number than its file. */
export function decisionIndex(records: readonly DecisionRecord[]): string {
  const rows = [...records].sort((a, b) => (a.file < b.file ? -1 : 1)).map(rowOf);
  const twice = rows.find(({ number }, at) => rows.findIndex((row) => row.number === number) !== at);
  if (twice !== undefined) throw new Error(`two records have the number ${twice.number}: give the later one the next`);
  return [
    "# Decisions",
    "",
    "<!-- Made by scripts/decisions-doc.ts from the records. -->",
    "",
    "What was chosen where another choice was near, and what it costs. A record is one page at most: context, choice, cost.",
    "It is not rewritten when a later one takes its place; the later one says so.",
    "",
    ...rows.map(({ number, title, file }) => `${number}. [${title}](${file})`),
    "",
  ].join("\n");
}

function rowOf({ file, text }: DecisionRecord): { number: number; title: string; file: string } {
  const number = Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(file)?.[1]);
  const [, said, title] = /^# (\d+)\. (.+)$/m.exec(text) ?? [];
  if (title === undefined || Number(said) !== number)
    throw new Error(`${file} does not begin with '# ${number || "N"}. Title'`);
  return { number, title, file };
}
