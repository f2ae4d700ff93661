// Every command, in the order in which help lists them. A new command is a file in commands/ and a line here.
import type { CommandDeclaration } from "./command.ts";
import { accesses } from "./commands/accesses.ts";
import { audit } from "./commands/audit.ts";
import { backup } from "./commands/backup.ts";
import { configCheck } from "./commands/config-check.ts";
import { configShow } from "./commands/config-show.ts";
import { correct } from "./commands/correct.ts";
import { destroy } from "./commands/destroy.ts";
import { devicesAdd } from "./commands/devices-add.ts";
import { devicesList } from "./commands/devices-list.ts";
import { forget } from "./commands/forget.ts";
import { hold } from "./commands/hold.ts";
import { ingest } from "./commands/ingest.ts";
import { kinds } from "./commands/kinds.ts";
import { log } from "./commands/log.ts";
import { membersAdd } from "./commands/members-add.ts";
import { membersGrant } from "./commands/members-grant.ts";
import { membersList } from "./commands/members-list.ts";
import { membersReadmit } from "./commands/members-readmit.ts";
import { membersRecover } from "./commands/members-recover.ts";
import { membersRevoke } from "./commands/members-revoke.ts";
import { membersRotate } from "./commands/members-rotate.ts";
import { membersWithdraw } from "./commands/members-withdraw.ts";
import { policy } from "./commands/policy.ts";
import { receipt } from "./commands/receipt.ts";
import { recover } from "./commands/recover.ts";
import { restore } from "./commands/restore.ts";
import { retention } from "./commands/retention.ts";
import { start } from "./commands/start.ts";
import { state } from "./commands/state.ts";
import { status } from "./commands/status.ts";
import { tokensAdd } from "./commands/tokens-add.ts";
import { tokensKey } from "./commands/tokens-key.ts";
import { tokensList } from "./commands/tokens-list.ts";
import { tokensRevoke } from "./commands/tokens-revoke.ts";
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
  accesses,
  status,
  audit,
  kinds,
  start,
  configCheck,
  configShow,
  membersAdd,
  membersList,
  membersGrant,
  membersWithdraw,
  membersRevoke,
  membersRotate,
  membersRecover,
  membersReadmit,
  devicesAdd,
  devicesList,
  tokensAdd,
  tokensList,
  tokensKey,
  tokensRevoke,
  hold,
  retention,
  correct,
  destroy,
  forget,
  state,
  backup,
  restore,
  recover,
];

/** What the commands that are said after one word have in common. */
export const groups: Readonly<Record<string, string>> = {
  members: "Who belongs to the organization: persons, their keys and roles.",
  config: "How a node is configured, and whether it would start.",
  devices: "Which devices are registered.",
  tokens: "Which machines may ask the node.",
};
