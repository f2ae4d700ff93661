// All texts in German, key by key as in English.

import { access } from "./de/access.ts";
import { account } from "./de/account.ts";
import { connections } from "./de/connections.ts";
import { fields } from "./de/fields.ts";
import { findings, findingWords } from "./de/findings.ts";
import { glossary } from "./de/glossary.ts";
import { identity } from "./de/identity.ts";
import { imaging } from "./de/imaging.ts";
import { kinds } from "./de/kinds.ts";
import { ledger } from "./de/ledger.ts";
import { sentences } from "./de/sentences.ts";
import { shell } from "./de/shell.ts";
import { unknownObject } from "./de/unknown-object.ts";
import { verify } from "./de/verify.ts";
import { verifyPage } from "./de/verify-page.ts";
import { words } from "./de/words.ts";
import type { Messages } from "./messages.ts";

export const de: Messages = {
  shell,
  words,
  sentences,
  ledger,
  imaging,
  identity,
  connections,
  access,
  account,
  unknownObject,
  verify,
  verifyPage,
  findings,
  findingWords,
  glossary,
  fields,
  kinds,
};
