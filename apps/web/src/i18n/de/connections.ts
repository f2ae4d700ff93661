// Connections, in German.
import type { Messages } from "../messages.ts";

export const connections: Messages["connections"] = {
  title: "Verbindungen",
  says: "Was woher kommt, und wer gerufen werden kann",
  types: {
    dimse: "DICOM (C-STORE)",
    stow: "DICOMweb (STOW-RS)",
    folder: "Beobachteter Ordner",
    orthanc: "Orthanc-Feed",
    pacs: "PACS",
  },
  states: { works: "Geht", failed: "Gestört", idle: "Noch nichts", differs: "Weicht ab" },
  seen: "Gesehen",
  seenOf: (name) => `Fehler von ${name} gesehen`,
  remove: "Entfernen",
  removeOf: (name) => `${name} entfernen`,
  notDone: "ist nicht gelungen",
  differing: (objects) => `${objects} bei der letzten Anfrage anders zurückgegeben als registriert:`,
  differingStudy: (at, objects) => `Studie ${at}: ${objects}`,
  differingUnnamed: "Von welchen Studien, sieht hier, wer Studien lesen darf.",
  testFault: "Der letzte Test:",
  nothingYet: "nichts empfangen",
  received: (objects, bytes) => `${objects}, ${bytes}`,
  refused: (count) => `${count} abgelehnt`,
  last: (when) => `zuletzt ${when}`,
  since: { works: (when) => `antwortet seit ${when}`, failed: (when) => `gestört seit ${when}` },
  releases: {
    none: "bewahrt alles auf, was hier registriert ist",
    waiting: (objects) => `${objects} bleiben hier, bis sich gezeigt hat, dass das PACS sie hat`,
    altered: (objects) => `${objects} anders zurückgegeben als registriert: hier aufbewahrt`,
    kept: (objects) => `${objects} auf Dauer hier aufbewahrt`,
  },
  place: (host, port, tls) => `${host}, Port ${port}${tls ? ", TLS" : ""}`,
  fault: (when) => `${when}:`,
  pastFault: (when) => `Letzter Fehler ${when}:`,
  sinceFault: (objects) => `Seither ${objects} empfangen.`,
  test: "Testen",
  testOf: (name) => `${name} testen`,
  testing: "wird getestet",
  answered: (ms) => `antwortete nach ${ms} ms`,
  notAnswered: (ms) => `Test nach ${ms} ms gescheitert`,
  faults: {
    CONNECTION_SILENT:
      "Der Test bekam in der Frist keine Antwort. Sehen Sie nach, ob der Rechner oder das Netzlaufwerk hängt.",
    DIMSE_UNREACHABLE:
      "Das System ist unter dieser Adresse und diesem Port nicht erreichbar. Prüfen Sie beides, das Netz, und ob es läuft.",
    DIMSE_TLS_FAILED:
      "Es kam kein TLS zustande. Prüfen Sie, ob beide Seiten es eingeschaltet haben und dem Zertifikat der anderen vertrauen.",
    DIMSE_NO_ANSWER:
      "Das System nimmt die Verbindung an und antwortet nicht. Prüfen Sie, ob an diesem Port ein DICOM-System lauscht, ob es TLS verlangt, und ob es hängt.",
    DIMSE_CALLING_AE_REFUSED:
      "Das System kennt den AE-Titel dieses Knotens nicht, oder nicht von dieser Adresse. Lassen Sie dort beides eintragen.",
    DIMSE_CALLED_AE_REFUSED:
      "Das System hat einen anderen AE-Titel als den gerufenen. Berichtigen Sie ihn in der Konfiguration dieses Knotens oder dort.",
    DIMSE_REJECTED:
      "Das System hat die Assoziation abgelehnt, vielleicht nur für jetzt. Versuchen Sie es später wieder und sehen Sie in sein Protokoll.",
    DIMSE_ABORTED:
      "Das System hat die Assoziation beendet, statt zu antworten. Prüfen Sie, ob es TLS verlangt; sein Protokoll kann mehr sagen.",
    DIMSE_ECHO_REFUSED: "Das System antwortet, aber nicht auf C-ECHO. Siehe sein Conformance Statement.",
    DIMSE_CALLER_UNKNOWN:
      "Ein System rief, dessen AE-Titel nicht unter den erlaubten ist. Nehmen Sie ihn auf, oder berichtigen Sie ihn dort.",
    DIMSE_ADDRESS_NOT_ALLOWED:
      "Ein System rief unter einem erlaubten AE-Titel von einer Adresse, die es nicht ist. Nehmen Sie die Adresse auf, oder finden Sie heraus, wer es ist.",
    DIMSE_CALLED_AE_WRONG:
      "Ein System rief einen anderen AE-Titel als den dieses Knotens. Berichtigen Sie dort den gerufenen Titel.",
    FEED_UNREACHABLE:
      "Der Feed antwortet nicht. Prüfen Sie seine Adresse und ob er läuft; er wird von selbst wieder gefragt.",
    FEED_DENIED: "Der Feed lehnt Benutzer oder Kennwort ab. Prüfen Sie beides.",
    FEED_FOREIGN:
      "Was an der Adresse des Feeds antwortet, ist kein Orthanc oder führt anderswohin, wohin der Knoten nicht geht. Prüfen Sie die Adresse.",
    FEED_FAILED: "Der Feed antwortet mit einem eigenen Fehler. Sehen Sie in sein Protokoll; er wird wieder gefragt.",
    FEED_RESTARTING:
      "Der Feed hat innerhalb einer Stunde mehrmals von vorn begonnen. Prüfen Sie, ob er verliert, was er hat; er wird von Anfang an gelesen, immer seltener.",
    FEED_ADDRESS_REFUSED:
      "Die Adresse eines Feeds beginnt mit http:// oder https://, enthält kein Kennwort und führt zu keinem Link-Local-Rechner. Berichtigen Sie sie.",
    PATH_UNREADABLE:
      "Der Ordner oder die Datei kann nicht gelesen werden. Prüfen Sie, ob es sie gibt und der Knoten sie lesen darf.",
  },
  testFailed: "konnte nicht getestet werden",
  emptyTitle: "Noch ist nichts verbunden",
  emptySays:
    "Eine Modalität erscheint hier, sobald sie sendet. Systeme, die gerufen werden, Ordner und Feeds stehen in der Konfiguration des Knotens; siehe Hilfe.",
  covers: "Vollständig für das, was diesen Knoten erreicht.",
  notCovered: "was Geräte an ihm vorbei an das Archiv senden.",
  refusals: "Zuletzt abgelehnt",
  refusalsSays: "Neueste zuerst; wessen Bilder es waren, wird nicht aufbewahrt",
  listener: {
    title: "Was an einer Modalität einzutragen ist",
    says: "als Speicherziel (C-STORE)",
    aeTitle: "AE-Titel",
    host: "Host",
    port: "Port",
    tls: "TLS",
    or: " oder ",
    noAddress: "dieser Rechner hat keine Adresse in einem Netz",
    tlsOf: { none: "nein", server: "ja, ab 1.2", both: "ja, ab 1.2, mit einem Zertifikat der Modalität" },
    anybody: "Jeder AE-Titel darf senden. Wer darf, wird mit dicom.callers festgelegt.",
    callers: (titles) => `Angenommen wird nur von diesen AE-Titeln: ${titles}.`,
    onlyHere:
      "Diese Adresse erreichen nur Programme auf diesem Rechner. Für Modalitäten setzen Sie dicom.host auf eine Adresse des Netzes oder auf 0.0.0.0, und starten Sie den Knoten neu.",
    none: "Über DICOM wird nichts angenommen",
    noneSays:
      "Der Knoten hat keinen Port dafür, oder ein anderes Programm hat ihn. Setzen Sie dicom.port, und starten Sie den Knoten neu.",
  },
  waiting: {
    title: "Wartet auf Registrierung",
    none: "Nichts wartet",
    noneSays: "Alles Empfangene ist registriert.",
    some: (objects, studies) => `${objects} aus ${studies} warten auf Registrierung`,
    someSays: (since) =>
      `Das älteste kam vor ${since}. Eine Studie wird registriert, wenn nichts mehr von ihr kommt; verloren geht inzwischen nichts.`,
    heldUp: (objects) => `${objects} warten und können gerade nicht registriert werden`,
    heldUpSays: (since) =>
      `Das älteste kam vor ${since}. Nichts ist verloren: Alles liegt auf der Platte und wird so lange versucht, bis es gelingt.`,
  },
};
