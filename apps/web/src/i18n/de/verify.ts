// The verify page and the offline verifier, in German.

import { chosen, counter } from "@fiducial/api/wording";
import type { Messages } from "../messages.ts";
import { unreadable } from "./unreadable.ts";

const counted = counter("de-DE");

export const verify: Messages["verify"] = {
  choose: "Dateien wählen",
  empty: "Bild, Beleg oder Ordner hier ablegen",
  emptySays: "Nichts verlässt diesen Browser: Dateien werden hier gelesen und verglichen.",
  readOf: (done, of, percent) => `${done} von ${of} gelesen, ${percent} %`,
  stepsTitle: (count) =>
    `${chosen({ 5: "Fünf", 6: "Sechs", 7: "Sieben", 8: "Acht" }, String(count), String(count))} Schritte`,
  results: {
    holds: "Hält",
    differs: "Weicht ab",
    fails: "Hält nicht",
    open: "Offen",
    "not-run": "Nicht ausgeführt",
    read: "Gelesen",
    waits: "Wartet",
  },
  steps: {
    bytes: "Bytes",
    fingerprint: "Fingerabdruck",
    manifest: "Manifest",
    signature: "Signatur",
    policy: "Vertrauensregeln",
    keyChain: "Schlüsselkette",
    inclusion: "Enthaltensein",
    checkpoint: "Prüfpunkt",
    cosignatures: "Mitzeichnungen",
  },
  bytes: (size) => `${size}; kein einziges verließ diesen Browser.`,
  fingerprint: {
    identical: "Der Datensatz ist gleich, Byte für Byte dessen, was zählt.",
    otherBytes: "Der Datensatz ist gleich; die Datei darum ist anders geschrieben.",
    headerChanged: (changed, total) =>
      `Einzelbilder gleich; ${changed} von ${counted(total, "Attribut weicht ab", "Attributen weichen ab")}.`,
    headerChangedUncounted: "Einzelbilder gleich; die Kopfdaten weichen ab.",
    samePixels: "Anders kodiert; die dekodierten Bildpunkte sind gleich.",
    altered: (versions) =>
      versions === 1
        ? "Was sie zeigt, ist nicht das registrierte Objekt."
        : `Was sie zeigt, ist keine der ${versions} registrierten Fassungen dieses Objekts.`,
    undecided: "Die Bildpunkte konnten nicht verglichen werden.",
    unknown: "Nichts Registriertes ist zum Vergleich da.",
  },
  manifest: {
    place: (place, size) => `Blatt ${place} von ${size} des Manifests, das diese Aussage registriert hat.`,
    registered: (place, size) =>
      `Ein Objekt mit dieser UID ist registriert: Blatt ${place} von ${size} des Manifests dieser Aussage.`,
    objects: (count) => `${counted(count, "Objekt führt", "Objekte führen")} zur Wurzel der Aussage.`,
    disclosures: "Was der Beleg öffnet, ist das, was versiegelt wurde.",
  },
  signers: {
    organization: "einer Organisation",
    person: "einer Person",
    ai: "einem KI-Produkt",
    device: "einem Gerät",
    software: "einer Software",
  },
  record: {
    types: { organization: "Organisation", person: "Person", ai: "KI-Produkt", device: "Gerät", software: "Software" },
    organization: (id) => `Organisation ${id} (Name nicht offengelegt)`,
    keeper: (log) => `wer das Protokoll ${log} führt,`,
    named: (name, type) => `${name} (${type})`,
    signedBy: (organization) => `Signiert von ${organization}.`,
    signedFor: (signer, organization) => `Signiert von ${signer} für ${organization}.`,
    recorded: (kind, at) => `${kind}, eingetragen ${at}.`,
  },
  signature: (signers, at) => `Signiert von ${signers}, ${at}.`,
  signatureBy: (key) => `Signiert mit dem Schlüssel ${key}.`,
  keyChain: (links) =>
    `${counted(links, "Eintrag führt", "Einträge führen")} vom ersten Eintrag des Protokolls zum Schlüssel.`,
  inclusion: (index, hashes) =>
    `Eintrag ${index} steht im Protokoll, gezeigt durch ${counted(hashes, "Hash", "Hashes")}.`,
  checkpoint: (size, origin) => `Baum mit ${size} Einträgen, signiert von ${origin}.`,
  unchecked: (names) => `Hier nicht geprüft, da dieser Seite ML-DSA-44 fehlt: ${names}.`,
  cosignatures: (witnesses, replicas) => {
    if (witnesses + replicas === 0) return "Die Vertrauensregeln verlangen keine; eingereiht, nicht bezeugt.";
    const saw = `${counted(witnesses, "Zeuge sah", "Zeugen sahen")} das Protokoll nur wachsen`;
    const ran = `${counted(replicas, "Replik wandte", "Repliken wandten")} die Regeln noch einmal an`;
    return `${[witnesses > 0 ? saw : "", replicas > 0 ? ran : ""].filter((part) => part !== "").join("; ")}.`;
  },
  bytesWord: "Bytes",
  stepFails: {
    bytes: "Die Bytes konnten nicht gelesen werden.",
    fingerprint: "Der Fingerabdruck ist ein anderer.",
    manifest: "Was der Beleg zeigt, führt nicht zur Wurzel der Aussage oder passt nicht zu seinem Siegel.",
    signature: "Die Aussage hat nicht ihre eine genaue Form.",
    keyChain: "Der Schlüssel führt nicht zum ersten Eintrag zurück, den die Vertrauensregeln nennen.",
    inclusion: "Die Hashes führen nicht vom Eintrag zur Wurzel des Prüfpunkts.",
    checkpoint:
      "Der Prüfpunkt gehört zu einem anderen Protokoll, oder kein Schlüssel der Vertrauensregeln hat ihn signiert.",
    cosignatures: "Weniger haben mitgezeichnet, als die Vertrauensregeln verlangen, oder eine Signatur ist ungültig.",
  },
  unreadable,
  notRun: "Beruht auf einem Schritt, der nicht hält.",
  faults: {
    OBJECT_RECORD_MALFORMED: "Der Datensatz eines Objekts hat eine andere Form, als er sollte.",
    ATTRIBUTES_NOT_REGISTERED: "Die Digests der Attribute sind nicht die, auf die sich der Datensatz festlegt.",
    OBJECT_NOT_IN_RECEIPT: "Der Beleg sagt nichts über dieses Objekt.",
    SIGNATURE_INVALID: "Die Signatur der Aussage ist ungültig.",
    SIGNING_KEY_NOT_SHOWN: "Der Beleg zeigt den signierenden Schlüssel nicht.",
    NO_CODEC: "Für diese Kodierung ist kein Dekodierer zur Hand.",
    LOSSY_DECODERS_DIFFER: "Eine verlustbehaftete Kodierung dekodiert überall ein wenig anders.",
    ATTRIBUTES_UNKNOWN: "Der Beleg zeigt nicht, welche Attribute registriert wurden.",
    PIXEL_DATA_INVALID: "Die Bilddaten widersprechen den Kopfdaten.",
    VERIFIER_MISSING: "Dieser Seite fehlt ML-DSA-44, das eine Signatur verlangt; der Befehl verify-receipt hat es.",
    QUORUM_NOT_MET: "Bisher haben weniger mitgezeichnet, als die Vertrauensregeln verlangen.",
    PIXEL_DATA_TOO_LARGE: "Die Einzelbilder sind zu groß, um hier dekodiert zu werden.",
  },
  verdicts: {
    identical: "Identisch mit dem Registrierten",
    identicalSays: (isEncodedOtherwise) =>
      isEncodedOtherwise
        ? "Der Datensatz ist gleich, nur anders kodiert."
        : "Datensatz und Kodierung sind gleich. Höchstens die Datei darum ist anders geschrieben.",
    "header-changed": (changed, harmless) =>
      changed === 0
        ? "Kopfdaten geändert"
        : `Kopfdaten geändert: ${counted(changed, "Attribut", "Attribute")}${harmless ? ", alle anpassbar" : ""}`,
    "header-changedSays": (harmless) =>
      harmless
        ? "Das Bild ist das registrierte. Nur harmlose Kopfdaten weichen ab."
        : "Das Bild ist das registrierte. Es weichen Kopfdaten ab, die nicht harmlos sind; sehen Sie die Klassen an.",
    identity: {
      patient: "Nennt einen anderen Patienten als registriert",
      other: "Die Identität ist nicht die registrierte",
    },
    identitySays: (names) => `Anders als registriert: ${names}. Klären Sie vor der Verwendung, wessen Bild es ist.`,
    "same-pixels": "Gleiche Bildpunkte, anders kodiert",
    "same-pixelsSays":
      "Jeder dekodierte Wert ist gleich dem registrierten. Die Kodierung und vielleicht die Kopfdaten sind andere.",
    altered: "Verändert: Das ist nicht, was registriert wurde",
    alteredSays: (frames) =>
      frames
        ? "Der Eintrag ist in Ordnung. Diese Datei ist nicht, was er beschreibt: Das Bild weicht ab."
        : "Der Eintrag ist in Ordnung. Diese Datei ist nicht, was er beschreibt: Ihr Inhalt weicht ab.",
    undecided: "Unentschieden",
    incomplete: "Unvollständig: Diese Datei endet zu früh",
    incompleteSays:
      "Registriert wurde mehr. Bitten Sie um eine ganze Kopie; ob sonst etwas anders ist, sagt das nicht.",
    lossySince: "Sie wurde, wie sie selbst sagt, seither verlustbehaftet komprimiert.",
    contested: "Nicht, was zuerst registriert wurde",
    contestedSays:
      "Es kam später unter derselben UID. Die erste Version zeigt etwas anderes oder ist von einem anderen Patienten.",
    undecidedSays: "Die Bildpunkte konnten hier nicht verglichen werden. Das ist kein Zeichen einer Veränderung.",
    unknown: "Unbekannt: Ein solches Objekt gibt es hier nicht",
    unknownSays: "Kein Objekt mit dieser UID wurde gefunden. Das ist nicht dasselbe wie verändert.",
    unsound: "Der Eintrag hält nicht",
    unsoundSays: (step) => `Er scheitert an: ${step}. Über eine Datei lässt sich daraus nichts schließen.`,
    receipt: "Der Beleg hält",
    receiptSays: "Jeder Schritt von der Aussage bis zum Prüfpunkt hält. Legen Sie die Datei ab, um auch sie zu prüfen.",
    unreadable: "Konnte nicht gelesen werden",
    otherPolicySays: (policy, log) => `Diese Vertrauensregeln sind von ${policy}; der Beleg ist von ${log}.`,
    noPolicy: "Wem vertrauen Sie?",
    noPolicySays:
      "Legen Sie die Vertrauensregeln der Organisation ab, von der dieser Beleg ist: eine kleine Datei, die sie mit fiducial policy -o policy macht. Sie nennt die Schlüssel des Protokolls und seinen ersten Eintrag.",
  },
  waiting: {
    identical: "Identisch, eingereiht, noch nicht bezeugt",
    receipt: "Der Beleg hält; er ist noch nicht bezeugt",
  },
  waitingSays:
    "Der Eintrag steht im Protokoll, aber weniger Zeugen, als die Vertrauensregeln verlangen, haben einen Prüfpunkt mit ihm mitgezeichnet.",
  notWitnessed: "Eingereiht, nicht bezeugt: Niemand sonst hat dieses Protokoll mitgezeichnet.",
  rulesByOne: (organization) =>
    `Nur ${organization} hat die Regeln angewandt: Keine Replik hat sie noch einmal angewandt.`,
  rulesByReplicas: (count) => `${counted(count, "Replik hat", "Repliken haben")} die Regeln noch einmal angewandt.`,
  otherCopies: "Diese Prüfung sagt nichts darüber, wer andere Kopien hat.",
  whatDiffers: "Was abweicht",
  columns: { attribute: "Attribut", inFile: "In dieser Datei", class: "Klasse" },
  absent: "fehlt",
  classes: { coercible: "Anpassbar", identity: "Identität", geometry: "Geometrie", other: "Sonstige" },
  checkedAgainst: (index, origin) => `Geprüft an Eintrag ${index} von ${origin}`,
  unreadableAt: (byte, of) => `Bei Byte ${byte} von ${of}.`,
  unreadableRest: "Die Schritte nach dem ersten wurden nicht ausgeführt.",
  receiptUsed: (name) => `Verglichen mit dem Beleg ${name}.`,
  broken: {
    receipt: "Der Beleg konnte nicht gelesen werden",
    policy: "Die Vertrauensregeln konnten nicht gelesen werden",
    says: (name) =>
      `${name} ist beschädigt oder wurde geändert. Bitten Sie, von wem Sie die Datei haben, um eine unveränderte Kopie. Ohne sie lässt sich über ein Bild nichts sagen.`,
  },
  codeWord: "Code",
  policyOf: (name) => `Vertrauensregeln: ${name}`,
  saved: {
    title: "Fiducial-Prüfprogramm",
    says: "Eine Seite, ohne Netz: Was Sie ablegen, wird hier verglichen und geht nirgendwohin.",
    receipts: (count) => counted(count, "Beleg zur Hand", "Belege zur Hand"),
    noReceipt: "Legen Sie auch den Beleg zu dieser Datei ab.",
    waits: (files) => `Wartet auf die Vertrauensregeln: ${files}`,
    again: "Neu beginnen",
  },
};
