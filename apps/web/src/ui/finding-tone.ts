// How grave a finding is shown: most ask for a look; a few only say what is not known.
import type { Tone } from "./parts.tsx";

/** Nobody did anything wrong, and nothing is to be done about the entry. */
const neutral: ReadonlySet<string> = new Set(["DEVICE_NOT_NAMED"]);

/** The tone of a finding's code. */
export function findingTone(code: string): Extract<Tone, "fails" | "differs" | "neutral"> {
  if (code === "COPY_ALTERED") return "fails";
  return neutral.has(code) ? "neutral" : "differs";
}
