// Lines put into files that people wrote. Whoever finds no place for a line says so, instead of putting it anywhere.

/** Puts `line` behind the last line that `anchor` matches. Throws with `what` when none does. */
export function insertAfter(text: string, anchor: RegExp, line: string, what: string): string {
  const lines = text.split("\n");
  const at = lines.findLastIndex((one) => anchor.test(one));
  if (at < 0) throw new Error(`found no place for ${what}: put it in by hand`);
  return [...lines.slice(0, at + 1), ...line.split("\n"), ...lines.slice(at + 1)].join("\n");
}

/** Puts an import or export line beside the others; the formatter sorts them. */
export function addImport(text: string, line: string): string {
  return insertAfter(text, /^(?:import .* from|\} from|export .* from) "/, line, line);
}

/** Replaces the one text that `anchor` matches. Throws with `what` when there is none. */
export function replaceOnce(text: string, anchor: RegExp, by: string, what: string): string {
  if (!anchor.test(text)) throw new Error(`found no place for ${what}: put it in by hand`);
  return text.replace(anchor, by);
}
