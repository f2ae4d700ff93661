// Was die Wörter auf den Seiten bedeuten, auf Deutsch.
import type { Messages } from "../messages.ts";

export const glossary: Messages["glossary"] = {
  title: "Wörter",
  says: "Was hier mit ihnen gemeint ist.",
  terms: {
    statement: {
      word: "Aussage",
      says: "Was jemand behauptet und unterschrieben hat: Eine Studie wurde registriert, eine Kopie verglichen, eine Rolle erteilt.",
    },
    entry: {
      word: "Eintrag",
      says: "Eine Aussage, wie sie im Protokoll steht: mit Nummer, Zeit der Einordnung und Feststellungen. Er wird nie geändert.",
    },
    act: {
      word: "Handlung",
      says: "Eine Aussage, die um etwas bittet, etwa um eine Rolle oder einen Schlüssel. Sie kann abgelehnt werden.",
    },
    observation: {
      word: "Beobachtung",
      says: "Eine Aussage darüber, was geschah. Sie wird auch dann eingetragen, wenn sie eine Regel verletzt; dann hat sie Feststellungen.",
    },
    finding: {
      word: "Feststellung",
      says: "Was an einem Eintrag nach einer Regel nicht so war, wie es sein sollte: ein Code, der eines bedeutet.",
    },
    basis: {
      word: "Gesehen, angegeben, übernommen",
      says: "Woher der Unterzeichner es weiß: Die Maschine sah es selbst, jemand gab es an, oder es stammt aus anderen Aufzeichnungen.",
    },
    log: {
      word: "Protokoll",
      says: "Die Liste aller Einträge einer Organisation, so verkettet, dass nichts unbemerkt entfernt oder eingefügt werden kann.",
    },
    checkpoint: {
      word: "Prüfpunkt",
      says: "Der unterschriebene Stand des Protokolls. Wer einen hat, merkt später, ob das Protokoll umgeschrieben wurde.",
    },
    witness: {
      word: "Zeuge",
      says: "Eine andere Organisation, die Prüfpunkte mitzeichnet, damit niemandem ein anderes Protokoll gezeigt werden kann.",
    },
    receipt: {
      word: "Beleg",
      says: "Eine Datei, die einen Eintrag beweist, mit allem, was zur Prüfung ohne diesen Knoten nötig ist.",
    },
    policy: {
      word: "Vertrauensregeln",
      says: "Wessen Unterschriften ein Prüfer für ein Protokoll gelten lässt. Man bekommt sie einmal, auf einem Weg, dem man traut.",
    },
    fingerprint: {
      word: "Fingerabdruck",
      says: "Was von einem Bild bei der Registrierung berechnet wurde: von Datei, Einzelbildern und Attributen, jedes für sich.",
    },
    identical: {
      word: "Identisch",
      says: "Derselbe Datensatz wie registriert. Anders ist höchstens die Datei darum, oder eine Kodierung, die keinen Wert ändert.",
    },
    headerChanged: {
      word: "Kopfdaten geändert",
      says: "Dieselben Bilder; jedes abweichende Attribut wird genannt. Manche ändert ein Archiv, was harmlos ist.",
    },
    samePixels: { word: "Gleiche Pixel", says: "Dieselben Bildpunkte, verlustfrei anders kodiert." },
    undecided: {
      word: "Unentschieden",
      says: "Es lässt sich nicht genau vergleichen: Registriert wurde es verlustbehaftet komprimiert, und diese Kopie ist anders kodiert, oder hier gibt es keinen Decoder.",
    },
    altered: {
      word: "Verändert",
      says: "Keine registrierte Fassung dieses Bildes hat diese Pixel oder diesen Inhalt: Es wurde bearbeitet, abgeschnitten oder seither verlustbehaftet komprimiert. Von dieser Kopie nicht befunden.",
    },
    unknown: {
      word: "Unbekannt",
      says: "Kein Objekt mit dieser UID ist hier registriert, oder es wurde seither vernichtet oder gelöscht. Über das Bild sagt das weder Gutes noch Schlechtes.",
    },
    version: {
      word: "Fassung",
      says: "Dasselbe Bild nach seiner UID, das mit anderen Bytes noch einmal kam. Nichts wird überschrieben.",
    },
    backlog: {
      word: "Rückstand",
      says: "Was angekommen und aufbewahrt, aber noch nicht registriert ist. Registriert wird eine Studie, wenn eine Weile nichts von ihr kam.",
    },
    handle: { word: "Handle", says: "Eine Zufallszahl, die statt eines Namens für eine Person oder eine Sache steht." },
    sealed: {
      word: "Versiegelt",
      says: "Das Protokoll hat nur ein Siegel zu diesen Wert; der Wert selbst liegt im Tresor der Organisation und kann vergessen werden.",
    },
    vault: {
      word: "Tresor",
      says: "Wo Werte liegen, die zu Menschen führen: verschlüsselt, mit einem Schlüssel für jede Person.",
    },
  },
};
