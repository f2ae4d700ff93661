// Sentences about the application access: one for each kind of its room in the contract.
import type { SentenceMaker } from "./sentence.ts";

export const accessSentences: Readonly<Record<string, SentenceMaker>> = {};
