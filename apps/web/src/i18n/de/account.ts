// Whoever sits here: account, passkeys, and what is signed with one. In German.
import type { Messages } from "../messages.ts";

export const account: Messages["account"] = {
  title: "Ihr Konto",
  says: "Für wen der Knoten Sie hält, die Passkeys, mit denen Sie unterschreiben, und wo Sie angemeldet sind.",
  who: "Wer Sie hier sind",
  name: "Name",
  roles: "Rollen",
  rolesSay:
    "Rollen kommen aus der Anmeldung Ihrer Organisation und von deren Administratoren. Mit einem Passkey haben Sie die, die im Protokoll stehen.",
  onLedger: "Im Protokoll",
  asMember: "Wie andere Sie sehen",
  passkeys: {
    title: "Passkeys",
    says: "Mit jedem davon melden Sie sich an und unterschreiben Sie. Jeder ist im Protokoll als Ihrer eingetragen.",
    none: "Noch keiner. Ein Passkey ist ein Schlüssel in diesem Gerät oder in Ihrem Sicherheitsschlüssel: Er lässt Sie ohne Passwort ein und unterschreibt in Ihrem eigenen Namen, was das Protokoll nur von Ihnen annimmt.",
    notOffered:
      "An dieser Adresse erzeugen Browser keine Passkeys. Kommen Sie über https:// und einen Rechnernamen, oder über localhost.",
    notAddable:
      "Einen weiteren Schlüssel nimmt das Protokoll von Ihnen nur an, wenn einer mit unterschreibt, den Sie haben, und Passkeys haben Sie keinen mehr. Einen neuen gibt Ihnen eine Administratorin, die Ihre Mitgliedschaft wiederherstellt.",
    add: "Passkey hinzufügen",
    making:
      "Ihr Browser fragt zweimal: einmal, um den Passkey zu erzeugen, einmal, damit er seine Eintragung unterschreibt.",
    makingFurther:
      "Ihr Browser fragt dreimal: um den Passkey zu erzeugen, damit er seine Eintragung unterschreibt, und damit ein Passkey unterschreibt, den Sie schon hatten.",
    added: "Der Passkey gehört Ihnen. Eingetragen als",
    one: (number: number, curve: string): string => `Passkey ${number}, ${curve}`,
    since: (time: string): string => `hinzugefügt ${time}`,
    used: (time: string): string => `zuletzt benutzt ${time}`,
    unused: "hier noch nicht benutzt",
    remove: "Entfernen",
    removeSays:
      "Er unterschreibt dann nichts mehr und lässt niemanden ein. Was er unterschrieben hat, gilt weiter. Warum endet er?",
    removeLast:
      "Das ist Ihr letzter Passkey. Er lässt dann niemanden mehr ein, und ohne einen können Sie selbst keinen neuen hinzufügen: Eine Administratorin muss Sie wiederherstellen. Was er unterschrieben hat, gilt weiter. Warum endet er?",
    lost: "Er ging verloren",
    ceased: "Nicht mehr gebraucht",
  },
  sessions: {
    title: "Wo Sie angemeldet sind",
    since: (time: string): string => `Seit ${time}`,
    seen: (time: string): string => `zuletzt gesehen ${time}`,
    current: "Dieser Browser",
    end: "Dort abmelden",
  },
  signIn: {
    title: "Mit einem Passkey anmelden",
    says: "Ihr Browser zeigt die Passkeys, die er für diesen Knoten hat. Sie bekommen die Rollen, die im Protokoll stehen.",
    use: "Passkey verwenden",
    otherwise: "Anders anmelden",
  },
  signing: {
    drafting: "Das Protokoll wird gefragt, ob das gesagt werden kann …",
    waiting: "Wartet auf Ihren Passkey …",
    says: "Sie unterschreiben, dass im Protokoll steht:",
    study: "Studie",
    member: "Mitglied",
    sign: "Mit einem Passkey unterschreiben",
    cancel: "Abbrechen",
    close: "Schließen",
    recorded: "Unterschrieben und erfasst als",
    signedWith: "Mit einem Passkey unterschrieben",
  },
  roleActs: {
    grant: "Rolle geben",
    choose: "Rolle",
    withdraw: "Entziehen",
  },
  studyActs: {
    titles: { both: "Sperren oder verwerfen", hold: "Sperren", reject: "Verwerfen" },
    says: "Jedes unterschreiben Sie mit Ihrem Passkey; es bleibt im Protokoll.",
    hold: "Rechtliche Sperre setzen",
    release: "Sperre aufheben",
    releaseOne: (hold: string): string => `Sperre ${hold} aufheben`,
    reject: {
      quality: "Verwerfen: Qualität",
      "patient-safety": "Verwerfen: Patientensicherheit",
      "wrong-worklist-entry": "Verwerfen: falscher Arbeitslisteneintrag",
      "retention-expired": "Verwerfen: Aufbewahrung abgelaufen",
    },
  },
  faults: {
    PASSKEY_NOT_USED: "Es wurde kein Passkey verwendet. Nichts wurde geändert; versuchen Sie es noch einmal.",
    PASSKEY_HERE_ALREADY: "Dieses Gerät hat schon einen Passkey von Ihnen.",
    DRAFT_DIFFERS: "Was der Knoten Sie unterschreiben ließe, ist nicht, was Sie wollten. Nichts wurde unterschrieben.",
    PASSKEY_UNKNOWN: "Sie haben keinen Passkey zum Unterschreiben. Fügen Sie unter „Ihr Konto“ einen hinzu.",
  },
};
