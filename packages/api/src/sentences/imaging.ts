// Sentences about the application imaging: one for each kind of its room in the contract.
import { countIn, type Language, listIn, objectIn, type SentenceMaker, textIn } from "./sentence.ts";

export const imagingSentences: Readonly<Record<string, SentenceMaker>> = {
  "imaging.study.registered": (entry, { t }) =>
    t.sentences.imaging.registered(countIn(entry, "instances"), studyWords(entry, t)),
  "imaging.study.extended": (entry, { t }) =>
    t.sentences.imaging.extended(countIn(entry, "instances"), studyWords(entry, t)),
  "imaging.study.derived": (entry, { t }) =>
    t.sentences.imaging.derived(
      countIn(entry, "instances"),
      textIn(entry, "method"),
      Math.max(1, listIn(entry, "sources").length),
    ),
  "imaging.study.transferred": (entry, { t }) => {
    const say = textIn(entry, "direction") === "received" ? t.sentences.imaging.received : t.sentences.imaging.sent;
    return say(countIn(entry, "instances"), textIn(entry, "purpose"), textIn(entry, "outcome"), entry.destination);
  },
  "imaging.study.verified": (entry, { t }) =>
    t.sentences.imaging.verified(countIn(entry, "instances"), textIn(entry, "result")),
  "imaging.study.rejected": (entry, { t }) =>
    t.sentences.imaging.rejected(textIn(entry, "scope"), countIn(entry, "instances"), textIn(entry, "reason")),
  "imaging.subject.corrected": (_, { t }) => t.sentences.imaging.subjectCorrected(),
  "imaging.correction.notified": (entry, { t }) => t.sentences.imaging.correctionNotified(textIn(entry, "party")),
  "imaging.correction.completed": (_, { t }) => t.sentences.imaging.correctionCompleted(),
  "imaging.hold.placed": (entry, { t }) => t.sentences.imaging.holdPlaced(textIn(entry, "reason")),
  "imaging.hold.released": (entry, { t }) => t.sentences.imaging.holdReleased(textIn(entry, "reason")),
  "imaging.retention.set": (entry, { t, formats }) => {
    const until = textIn(entry, "until");
    return t.sentences.imaging.retentionSet(Number.isNaN(Date.parse(until)) ? until : formats.day(until));
  },
  "imaging.destruction.approved": (entry, { t }) =>
    t.sentences.imaging.destructionApproved(listIn(entry, "studies").length, textIn(entry, "reason")),
  "imaging.study.destroyed": (entry, { t }) =>
    t.sentences.imaging.destroyed(countIn(entry, "instances"), textIn(entry, "method")),
  "imaging.erasure.approved": (entry, { t }) => t.sentences.imaging.erasureApproved(listIn(entry, "studies").length),
  "imaging.erasure.executed": (entry, { t }) => {
    const survivors = Object.values(objectIn(entry, "survivors")).filter((count) => typeof count === "number");
    return t.sentences.imaging.erasureExecuted(survivors.reduce((sum, count) => sum + count, 0));
  },
};

function studyWords(entry: Parameters<SentenceMaker>[0], t: Language["t"]): string {
  return t.sentences.imaging.study(listIn(entry, "modalities").filter((code) => typeof code === "string"));
}
