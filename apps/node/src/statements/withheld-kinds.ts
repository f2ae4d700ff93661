// Kinds that nobody hands in: they say what the node itself does, and it would go by them. docs/decisions/0034.

/** By kind, why. The contract's own rules decide everything else. */
const withheld: Readonly<Record<string, string>> = {
  "imaging.subject.corrected": "what is kept has to move with it",
  "imaging.correction.notified": "follows from what was moved",
  "imaging.correction.completed": "follows from what was moved",
  "imaging.destruction.approved": "what is to be destroyed is counted before it is approved",
  "imaging.study.destroyed": "tells what the node has destroyed",
  "imaging.erasure.approved": "what is to be forgotten is found before it is approved",
  // Whatever the ledger says was erased, a node destroys when it opens.
  "imaging.erasure.executed": "tells what the node has destroyed",
  "access.read.performed": "tells what the node has shown",
};

/** Their names. */
export const withheldKinds: readonly string[] = Object.keys(withheld);

/** Tells whether a kind is the node's own to state. */
export function isWithheld(kind: string): boolean {
  return Object.hasOwn(withheld, kind);
}
