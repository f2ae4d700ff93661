// All texts in English: the language that every other one follows, key by key.

import { englishSentences } from "@fiducial/api/sentences";
import { access } from "./en/access.ts";
import { account } from "./en/account.ts";
import { connections } from "./en/connections.ts";
import { fields } from "./en/fields.ts";
import { findings, findingWords } from "./en/findings.ts";
import { glossary } from "./en/glossary.ts";
import { identity } from "./en/identity.ts";
import { imaging } from "./en/imaging.ts";
import { kinds } from "./en/kinds.ts";
import { ledger } from "./en/ledger.ts";
import { shell } from "./en/shell.ts";
import { unknownObject } from "./en/unknown-object.ts";
import { verify } from "./en/verify.ts";
import { verifyPage } from "./en/verify-page.ts";
import { words } from "./en/words.ts";

export const en = {
  shell,
  words,
  sentences: englishSentences,
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
