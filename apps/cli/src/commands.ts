// Every command, in the order in which help lists them. A new command is a file in commands/ and a line here.
import type { CommandDeclaration } from "./command.ts";
import { audit } from "./commands/audit.ts";
import { ingest } from "./commands/ingest.ts";
import { kinds } from "./commands/kinds.ts";
import { log } from "./commands/log.ts";
import { policy } from "./commands/policy.ts";
import { receipt } from "./commands/receipt.ts";
import { start } from "./commands/start.ts";
import { status } from "./commands/status.ts";
import { verify } from "./commands/verify.ts";
import { verifyReceipt } from "./commands/verify-receipt.ts";

/** The commands. */
export const commands: readonly CommandDeclaration[] = [
  ingest,
  verify,
  receipt,
  policy,
  verifyReceipt,
  log,
  status,
  audit,
  kinds,
  start,
];
