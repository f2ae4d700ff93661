// What a draft says, read by this browser out of the very bytes whose id is signed: so that nobody signs what was not shown.
import type { Draft } from "@fiducial/api";
import {
  type Content,
  contentOf,
  originDigest,
  parseCanonicalJson,
  preAuthenticationEncoding,
  statementId,
  utf8,
} from "@fiducial/core";
import { challengeOf } from "./challenge.ts";

/** What a draft says; undefined when it is no statement, or its id or a challenge is another's. */
export function contentOfDraft({
  payload,
  statementId: id,
  signings,
}: Pick<Draft, "payload" | "statementId" | "signings">): Content | undefined {
  if (statementId(preAuthenticationEncoding(utf8(payload))) !== id) return undefined;
  if (signings.some(({ request }) => request.challenge !== challengeOf(id))) return undefined;
  const json = parseCanonicalJson(payload);
  return json === undefined ? undefined : contentOf(json, originDigest);
}

/** Tells whether what is to be signed says what was asked for: kind, and every open field that was given. */
export function saysWhatWasAsked(content: Content, { kind, ...asked }: { readonly kind: string }): boolean {
  if (content.kind !== kind) return false;
  return Object.entries(asked).every(([name, value]) => {
    const isOpen = Object.hasOwn(content.open, name);
    return isOpen ? content.open[name] === value : Object.hasOwn(content.commitments, name) || value === undefined;
  });
}
