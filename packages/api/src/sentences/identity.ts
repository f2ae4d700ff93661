// Sentences about the application identity: one for each kind of its room in the contract.
import { countIn, listIn, objectIn, type SentenceMaker, textIn } from "./sentence.ts";

export const identitySentences: Readonly<Record<string, SentenceMaker>> = {
  "identity.log.created": (entry, { t }) => t.sentences.identity.logCreated(listIn(entry, "organizations").length),
  "identity.organization.registered": (_, { t }) => t.sentences.identity.organizationRegistered(),
  "identity.contract.activated": (entry, { t }) =>
    t.sentences.identity.contractActivated(countIn(entry, "version"), countIn(entry, "atIndex")),
  "identity.actor.registered": (entry, { t }) => t.sentences.identity.actorRegistered(textIn(entry, "type")),
  "identity.actor.retired": (entry, { t }) => t.sentences.identity.actorRetired(textIn(entry, "reason")),
  "identity.key.registered": (entry, { t }) => {
    const passkey = String(objectIn(entry, "key")["algorithm"]).startsWith("WebAuthn");
    const root = textIn(entry, "actor") === entry.signers[0]?.organization;
    return t.sentences.identity.keyRegistered(passkey, root);
  },
  "identity.key.rotated": (_, { t }) => t.sentences.identity.keyRotated(),
  "identity.key.revoked": (entry, { t }) => t.sentences.identity.keyRevoked(textIn(entry, "reason")),
  "identity.key.compromised": (_, { t }) => t.sentences.identity.keyCompromised(),
  "identity.key.recovered": (_, { t }) => t.sentences.identity.keyRecovered(),
  "identity.role.granted": (entry, { t }) => t.sentences.identity.roleGranted(textIn(entry, "role")),
  "identity.role.withdrawn": (entry, { t }) => t.sentences.identity.roleWithdrawn(textIn(entry, "role")),
  "identity.statement.disputed": (entry, { t }) => t.sentences.identity.statementDisputed(textIn(entry, "reason")),
  "identity.log.sealed": (entry, { t }) => t.sentences.identity.logSealed(textIn(entry, "successor") !== ""),
};
