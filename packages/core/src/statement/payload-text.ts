// A payload with commitments read by its shape: half of it are digests, which a parser of JSON would take apart one by one.
// docs/formats/statement.md § Payload.
import { type Json, type JsonObject, parseCanonicalJson } from "../encoding/canonical-json.ts";
import { commitmentLabel } from "./commitment.ts";
import { type Content, isPredicate, type Predicate, readContent, statementType } from "./payload.ts";

const beforePredicate = `{"_type":"${statementType}","predicate":`;
const beforeKind = ',"predicateType":"urn:fiducial:kind:';
const beforeCommitments = '","subject":[';
const beforeDigest = `{"digest":{"${commitmentLabel}":"`;
const beforeName = '"},"name":"';
const digestLength = 64;

const afterPredicate =
  /,"predicateType":"urn:fiducial:kind:[a-z][a-z-]{0,31}(?:\.[a-z][a-z-]{0,31}){2}:[1-9]\d{0,3}","subject":\[(?:\{"digest":\{"fiducial-commitment-v1":"[0-9a-f]{64}"\},"name":"[a-z][A-Za-z0-9]{0,63}"\}(?:,(?=\{)|(?=\]))){1,64}\]\}$/y;

/**
 * Reads text that must be canonical JSON of a payload with commitments. Whatever it answers, `contentOf` would too; when it returns
 * undefined, the text may still be a payload, and `contentOf` tells.
 */
export function contentOfText(text: string): Content | undefined {
  const end = text.lastIndexOf(beforeKind);
  if (end < 0 || !text.startsWith(beforePredicate)) return undefined;
  afterPredicate.lastIndex = end;
  if (!afterPredicate.test(text)) return undefined;
  const predicate = parseCanonicalJson(text.slice(beforePredicate.length, end), 1);
  return isPredicate(predicate) ? contentBehind(text, end, predicate) : undefined;
}

/** Reads text that was found to be a payload before, without looking at its form again. */
export function readContentText(text: string): Content {
  const end = text.lastIndexOf(beforeKind);
  const begin = text.indexOf(beforeCommitments, end) + beforeCommitments.length;
  if (!text.startsWith(beforeDigest, begin)) return readContent(JSON.parse(text) as Json as JsonObject);
  return contentBehind(text, end, JSON.parse(text.slice(beforePredicate.length, end)) as Predicate) as Content;
}

// Kind, version and commitments stand behind the predicate, which ends at `end`. Undefined when names do not ascend.
function contentBehind(text: string, end: number, predicate: Predicate): Content | undefined {
  const kindAt = end + beforeKind.length;
  const kindEnd = text.indexOf(":", kindAt);
  const versionEnd = text.indexOf('"', kindEnd);
  const commitments: Record<string, string> = {};
  let before = "";
  for (let at = versionEnd + beforeCommitments.length; text[at] === "{"; ) {
    const digestAt = at + beforeDigest.length;
    const nameAt = digestAt + digestLength + beforeName.length;
    const nameEnd = text.indexOf('"', nameAt);
    const name = text.slice(nameAt, nameEnd);
    if (name <= before) return undefined;
    commitments[name] = text.slice(digestAt, digestAt + digestLength);
    before = name;
    at = nameEnd + '"},'.length;
  }
  const version = Number(text.slice(kindEnd + 1, versionEnd));
  return { ...predicate, kind: text.slice(kindAt, kindEnd), version, commitments };
}
