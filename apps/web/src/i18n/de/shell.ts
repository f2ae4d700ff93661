// The frame around every page, in German.
import type { Messages } from "../messages.ts";

export const shell: Messages["shell"] = {
  name: "Fiducial",
  demo: "Demodaten",
  skip: "Zum Inhalt springen",
  navigation: "Hauptmenü",
  pages: {
    overview: "Übersicht",
    studies: "Studien",
    ledger: "Protokoll",
    members: "Mitglieder",
    verify: "Prüfen",
    help: "Hilfe",
  },
  search: {
    label: "Alles finden",
    hint: "Studie, UID oder Eintrag suchen – oder Datei ablegen",
    nothing: "Hier ist weder ein Objekt noch eine Studie mit dieser UID registriert.",
  },
  health: {
    ok: "Protokoll gesund",
    degraded: "Protokoll gestört",
    unreachable: "Knoten nicht erreicht",
    waiting: "Der Knoten wird gefragt",
  },
  theme: {
    label: "Darstellung",
    system: "Wie das System",
    light: "Hell",
    dark: "Dunkel",
    "reading-room": "Befundraum",
  },
  language: { label: "Sprache", en: "English", de: "Deutsch" },
  ownLog: "eigenes Protokoll",
  dropHere: "Ablegen, um hier in diesem Browser zu prüfen",
  keys: {
    title: "Tasten",
    says: "Sie wirken nie, während Sie schreiben.",
    switch: "Einzeltasten",
    on: "An",
    off: "Aus",
    close: "Schließen",
    search: "suchen, auch einen Eintrag nach seiner Nummer",
    next: "nächstes in einer Liste",
    previous: "voriges in einer Liste",
    open: "Gewähltes öffnen",
    prove: "Gezeigtes beweisen",
    receipt: "dessen Beleg speichern",
    slice: "nächste oder vorige Schicht",
    window: "zurück zum Fenster der Datei",
    zoom: "vergrößern, verkleinern",
    overview: "Übersicht, Studien, Protokoll, Mitglieder, Prüfen",
    help: "diese Tasten",
  },
  help: {
    title: "Hilfe",
    what: "Was das ist",
    whatSays:
      "Ein Protokoll darüber, woher jedes Bild kam und wer es seither in der Hand hatte. Zu jeder Zeile gibt es einen Beleg, den jeder im Browser prüfen kann, ohne dieses Krankenhaus zu fragen.",
    use: "Wozu es dient",
    useSays:
      "Fiducial führt Buch. Es ist kein Medizinprodukt: Seine Bildanzeige dient nicht der Primärbefundung, und nichts hier ersetzt das Archiv.",
    offline: "Ohne uns prüfen",
    offlineSays:
      "Das Prüfprogramm ist eine einzige Seite, die von der Festplatte und ohne Netz arbeitet. Speichern Sie sie zu Ihren Belegen.",
    saveVerifier: "Prüfprogramm speichern",
    openVerifier: "Prüfprogramm öffnen",
  },
  loading: "Wird geladen",
  failure: {
    title: "Der Knoten hat nicht geantwortet",
    says: "Was eingetragen ist, bleibt sicher: Diese Seite zeigt es nur. Fragen Sie noch einmal, oder sehen Sie nach, ob der Knoten läuft.",
    gone: "Nicht gefunden",
    again: "Noch einmal fragen",
  },
  notFound: {
    title: "Unter dieser Adresse ist nichts",
    says: "Vielleicht wurde sie von Hand eingegeben, oder ein Teil ging unterwegs verloren.",
    back: "Zur Übersicht",
  },
  crashed: {
    title: "Diese Seite ist fehlgeschlagen",
    says: "Das Protokoll berührt das nicht. Laden Sie die Seite neu; schlägt sie wieder fehl, geben Sie die Angaben an die Betreuung weiter.",
    reload: "Neu laden",
  },
};
