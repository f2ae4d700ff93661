// The members of the log: who signs, with which keys and roles. In German.
import type { Messages } from "../messages.ts";
import { counted } from "./words.ts";

export const identity: Messages["identity"] = {
  title: "Mitglieder",
  says: "Wer auf diesem Protokoll handelt: Menschen nach ihrer Rolle, alles andere nach seinem Namen",
  show: "Welche Mitglieder",
  all: "Alle",
  types: {
    person: "Menschen",
    ai: "KI-Produkte",
    device: "Geräte",
    software: "Software",
    organization: "Organisationen",
  },
  noRole: "Person ohne Rolle",
  unnamed: "Hier ohne Namen",
  keysInUse: (count) =>
    count === 0 ? "kein Schlüssel in Gebrauch" : `${counted(count, "Schlüssel", "Schlüssel")} in Gebrauch`,
  noKey: "kein eigener Schlüssel",
  since: (entry) => `seit Eintrag ${entry}`,
  retired: "Ausgeschieden",
  compromised: "Schlüssel kompromittiert",
  more: "Mehr zeigen",
  covers: (size) => `Vollständig, wie auf diesem Protokoll registriert, ${size} Mitglieder.`,
  notCoveredSays: "wer sich an anderen Systemen anmelden darf und wer wonach gefragt hat.",
  you: "Sie",
  empty: {
    title: "Von dieser Art ist noch niemand registriert",
    person:
      "Ein Mensch braucht eine Rolle und einen Schlüssel, bevor er unterschreiben kann. Beides registriert die Verwaltung mit einem Befehl:",
    ai: "KI-Produkte werden mit Namen und Version registriert, bevor es ihre Ergebnisse werden.",
    device:
      "Ein Gerät wird mit Hersteller, Modell und Seriennummer registriert, wie die Header seiner Bilder sie nennen, allen dreien, damit sie als seine erkannt werden:",
    software: "Hier steht Software, die für diese Organisation unterschreibt.",
    organization: "Hier stehen Organisationen, deren Wurzelschlüssel dieses Protokoll kennt.",
  },
  one: {
    path: "Mitglieder",
    of: (type, organization) => `${type} von ${organization}`,
    openEntry: "Eintrag öffnen",
    roles: "Rollen",
    noRoles:
      "Es wurde nie eine Rolle erteilt. Rollen sind für Menschen: Sie entscheiden, was ein Mensch unterschreiben darf.",
    granted: "Inne",
    withdrawn: "Entzogen",
    keys: "Schlüssel",
    noKeysTitle: "Kein Schlüssel",
    noKeysDevice:
      "Dieses Gerät unterschreibt selbst nichts. Was es aufnimmt, registriert das Gateway, das es entgegennimmt.",
    noKeys: "Auf diesem Protokoll ist von diesem Mitglied nichts unterschrieben.",
    algorithms: { passkey: (curve) => `Passkey, ${curve}` },
    states: {
      used: "In Gebrauch",
      superseded: "Ersetzt",
      lost: "Verloren",
      ceased: "Nicht mehr gebraucht",
      compromised: "Kompromittiert",
      retired: "Inhaber ausgeschieden",
      ended: "Beendet",
    },
    compromisedSince: (time) => `Was er ab ${time} unterschrieben hat, verdient kein Vertrauen.`,
    from: "ab",
    until: "bis",
    facts: "Was bekannt ist",
    type: "Art",
    name: "Name",
    nameSays: "auf dem Protokoll versiegelt, aus dem Tresor dieser Organisation geöffnet",
    organization: "Organisation",
    handle: "Kennung",
    registered: "Registriert",
    retiredBy: "Ausgeschieden",
  },
};
