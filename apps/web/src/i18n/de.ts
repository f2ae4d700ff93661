// All texts in German, key by key as in English.
import { fields, kinds } from "./de/fields.ts";
import { findings, findingWords } from "./de/findings.ts";
import { ledger } from "./de/ledger.ts";
import { sentences } from "./de/sentences.ts";
import { shell } from "./de/shell.ts";
import { studies } from "./de/studies.ts";
import { verify } from "./de/verify.ts";
import { words } from "./de/words.ts";
import type { Messages } from "./messages.ts";

export const de: Messages = {
  shell,
  words,
  sentences,
  ledger,
  studies,
  verify,
  findings,
  findingWords,
  fields,
  kinds,
};
