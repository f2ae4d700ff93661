// The verify page and the offline verifier, in English.
import { chosen, counter } from "@fiducial/api/wording";

const counted = counter("en-GB");

export const verify = {
  choose: "Choose files",
  empty: "Drop an image, a receipt or a folder",
  emptySays: "Nothing leaves this browser: files are read and compared here.",
  readOf: (done: string, of: string, percent: number): string => `Read ${done} of ${of}, ${percent}%`,
  stepsTitle: (count: number): string =>
    `${chosen({ 5: "Five", 6: "Six", 7: "Seven", 8: "Eight" }, String(count), String(count))} steps`,
  results: {
    holds: "Holds",
    differs: "Differs",
    fails: "Fails",
    open: "Open",
    "not-run": "Not run",
    read: "Read",
    waits: "Waits",
  },
  steps: {
    bytes: "Bytes",
    fingerprint: "Fingerprint",
    manifest: "Manifest",
    signature: "Signature",
    policy: "Policy",
    keyChain: "Key chain",
    inclusion: "Inclusion",
    checkpoint: "Checkpoint",
    cosignatures: "Cosignatures",
  },
  bytes: (size: string): string => `${size}; not one left this browser.`,
  fingerprint: {
    identical: "The data set is equal, byte for byte of what counts.",
    otherBytes: "The data set is equal; the file around it is written otherwise.",
    headerChanged: (changed: number, total: number): string =>
      `Frames equal; ${changed} of ${counted(total, "attribute differs", "attributes differ")}.`,
    headerChangedUncounted: "Frames equal; the header differs.",
    samePixels: "Encoded otherwise; the decoded pixels are equal.",
    altered: (versions: number): string =>
      versions === 1
        ? "What it shows does not match the registered object."
        : `What it shows matches none of ${versions} registered versions of this object.`,
    undecided: "The pixels could not be compared.",
    unknown: "There is nothing registered to compare with.",
  },
  manifest: {
    place: (place: string, size: string): string =>
      `Leaf ${place} of ${size} of the manifest that this statement registered.`,
    registered: (place: string, size: string): string =>
      `An object with this UID is registered: leaf ${place} of ${size} of this statement’s manifest.`,
    objects: (count: number): string => `${counted(count, "object leads", "objects lead")} to the statement’s root.`,
    disclosures: "What the receipt opens is what was committed to.",
  },
  signers: {
    organization: "an organization",
    person: "a person",
    ai: "an AI product",
    device: "a device",
    software: "a piece of software",
  },
  record: {
    types: { organization: "organization", person: "person", ai: "AI product", device: "device", software: "software" },
    organization: (id: string): string => `organization ${id} (name not disclosed)`,
    keeper: (log: string): string => `whoever keeps the log ${log}`,
    named: (name: string, type: string): string => `${name} (${type})`,
    signedBy: (organization: string): string => `Signed by ${organization}.`,
    signedFor: (signer: string, organization: string): string => `Signed by ${signer} for ${organization}.`,
    recorded: (kind: string, at: string): string => `${kind}, recorded ${at}.`,
  },
  signature: (signers: string, at: string): string => `Signed by ${signers}, ${at}.`,
  signatureBy: (key: string): string => `Signed with the key ${key}.`,
  keyChain: (links: number): string =>
    `${counted(links, "entry leads", "entries lead")} from the log’s first entry to the signer’s key.`,
  inclusion: (index: string, hashes: number): string =>
    `Entry ${index} is in the log, shown by ${counted(hashes, "hash", "hashes")}.`,
  checkpoint: (size: string, origin: string): string => `Tree of ${size} entries, signed by ${origin}.`,
  unchecked: (names: string): string => `Not checked here, since this page lacks ML-DSA-44: ${names}.`,
  cosignatures: (witnesses: number, replicas: number): string => {
    if (witnesses + replicas === 0) return "The policy asks for none; sequenced, not witnessed.";
    const saw = `${counted(witnesses, "witness", "witnesses")} saw the log only grow`;
    const ran = `${counted(replicas, "replica", "replicas")} re-ran the rules`;
    return `${[witnesses > 0 ? saw : "", replicas > 0 ? ran : ""].filter((part) => part !== "").join("; ")}.`;
  },
  bytesWord: "bytes",
  stepFails: {
    bytes: "The bytes could not be read.",
    fingerprint: "The fingerprint is another.",
    manifest: "What the receipt shows does not lead to the statement’s root, or does not open its commitment.",
    signature: "The statement does not have its one exact form.",
    keyChain: "The signer’s key does not lead back to the log’s first entry that the policy names.",
    inclusion: "The hashes do not lead from the entry to the checkpoint’s root.",
    checkpoint: "The checkpoint is not one of the log that the statement names, or no key of the policy signed it.",
    cosignatures: "Fewer cosigners than the policy asks for have signed, or one signature does not verify.",
  },
  /** By code; what is not here has its sentence from the reader. */
  unreadable: {} as Readonly<Record<string, string>>,
  notRun: "Rests on a step that does not hold.",
  faults: {
    OBJECT_RECORD_MALFORMED: "An object’s record has another form than it should.",
    ATTRIBUTES_NOT_REGISTERED: "The attributes’ digests are not those that the record commits to.",
    OBJECT_NOT_IN_RECEIPT: "The receipt says nothing of this object.",
    SIGNATURE_INVALID: "The signature over the statement does not verify.",
    SIGNING_KEY_NOT_SHOWN: "The receipt does not show the key that signed.",
    NO_CODEC: "No decoder for this encoding is at hand.",
    LOSSY_DECODERS_DIFFER: "A lossy encoding decodes a little differently everywhere.",
    ATTRIBUTES_UNKNOWN: "The receipt does not show which attributes were registered.",
    PIXEL_DATA_INVALID: "The pixel data contradict the header.",
    VERIFIER_MISSING: "This page lacks ML-DSA-44, which a signature needs; the command verify-receipt has it.",
    QUORUM_NOT_MET: "Fewer cosigners than the policy asks for have signed so far.",
    PIXEL_DATA_TOO_LARGE: "The frames are too large to be decoded here.",
  } as Readonly<Record<string, string>>,
  verdicts: {
    identical: "Identical to what was registered",
    identicalSays: (isEncodedOtherwise: boolean): string =>
      isEncodedOtherwise
        ? "The data set is equal. It is written in another encoding, which changes no value."
        : "Data set and encoding are equal. Only the file around them may be written otherwise.",
    "header-changed": (changed: number, harmless: boolean): string =>
      changed === 0
        ? "Header changed"
        : `Header changed: ${counted(changed, "attribute", "attributes")}${harmless ? ", all coercible" : ""}`,
    "header-changedSays": (harmless: boolean): string =>
      harmless
        ? "The image is the registered one. Only harmless header entries differ."
        : "The image is the registered one. Header entries differ that are not harmless; look at their classes.",
    identity: {
      patient: "Says another patient than was registered",
      other: "Identity is not as it was registered",
    },
    identitySays: (names: string): string =>
      `Otherwise than registered: ${names}. Find out whose image it is before it is used.`,
    "same-pixels": "Same pixels, encoded otherwise",
    "same-pixelsSays":
      "Each decoded sample is equal to the registered one. The encoding, and perhaps the header, is another.",
    altered: "Altered: this is not what was registered",
    alteredSays: (frames: boolean): string =>
      frames
        ? "The record is sound. This file is not what it describes: the picture differs."
        : "The record is sound. This file is not what it describes: what it says differs.",
    incomplete: "Incomplete: this file ends early",
    incompleteSays:
      "More was registered than is left in it. Ask for a whole copy; whether anything else was changed is not told by this.",
    lossySince: "It says of itself that it was compressed with loss since.",
    contested: "Not what was registered first",
    contestedSays:
      "It came later under the same UID. The first version shows something else, or is of another patient.",
    undecided: "Undecided",
    undecidedSays: "The pixels could not be compared here. This is no sign of alteration.",
    unknown: "Unknown: no such object here",
    unknownSays: "No object with this UID was found. That is not the same as altered.",
    unsound: "The record does not hold",
    unsoundSays: (step: string): string => `It fails at: ${step}. Nothing can be concluded about a file from it.`,
    receipt: "The receipt holds",
    receiptSays: "Every step from the statement to the log’s checkpoint holds. Drop the file to check it, too.",
    unreadable: "Could not be read",
    otherPolicySays: (policy: string, log: string): string => `This policy is of ${policy}; the receipt is of ${log}.`,
    noPolicy: "Whom do you trust?",
    noPolicySays:
      "A receipt is judged by a policy, a small file that names the keys and the first entry of the logs you trust. Ask the organization whose receipt this is for it, by a way that you trust: fiducial policy -o policy makes it. Then drop it here.",
  },
  waiting: {
    identical: "Identical, sequenced, not yet witnessed",
    receipt: "The receipt holds; it is not yet witnessed",
  },
  waitingSays:
    "The entry is in the log, but fewer witnesses than the policy asks for have cosigned a checkpoint that holds it.",
  notWitnessed: "Sequenced, not witnessed: nobody else has cosigned this log.",
  rulesByOne: (organization: string): string => `Rules applied by ${organization} alone: no replica has re-run them.`,
  rulesByReplicas: (count: number): string => `Rules re-run by ${counted(count, "replica", "replicas")}.`,
  otherCopies: "This check says nothing of who holds other copies.",
  whatDiffers: "What differs",
  columns: { attribute: "Attribute", inFile: "In this file", class: "Class" },
  absent: "absent",
  classes: { coercible: "Coercible", identity: "Identity", geometry: "Geometry", other: "Other" },
  checkedAgainst: (index: string, origin: string): string => `Checked against entry ${index} of ${origin}`,
  unreadableAt: (byte: string, of: string): string => `At byte ${byte} of ${of}.`,
  unreadableRest: "The steps after the first were not run.",
  receiptUsed: (name: string): string => `Held against the receipt ${name}.`,
  broken: {
    receipt: "The receipt could not be read",
    policy: "The policy could not be read",
    says: (name: string): string =>
      `${name} is damaged or was changed. Ask whoever gave it to you for an unchanged copy. Without it, nothing can be said about an image.`,
  },
  codeWord: "Code",
  policyOf: (name: string): string => `Policy: ${name}`,
  saved: {
    title: "Fiducial verifier",
    says: "One page, without a network: what you drop is compared here and goes nowhere.",
    receipts: (count: number): string => counted(count, "receipt at hand", "receipts at hand"),
    noReceipt: "Drop the receipt of this file, too.",
    waits: (files: string): string => `Waiting for the policy: ${files}`,
    again: "Start again",
  },
};
