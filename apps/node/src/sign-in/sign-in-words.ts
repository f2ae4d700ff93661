// What the node's own pages say, in both languages.
import type { NodeErrorCode } from "../node-error.ts";

interface Notice {
  readonly title: string;
  readonly says: string;
}

/** What can go wrong on the way in. */
export const signInFaults = [
  "ISSUER_UNREACHABLE",
  "ISSUER_UNTRUSTED",
  "SIGN_IN_REFUSED",
  "SIGN_IN_LOST",
  "PERSON_RETIRED",
  "TOO_MANY_REQUESTS",
] as const satisfies readonly NodeErrorCode[];
export type SignInFault = (typeof signInFaults)[number] | "OTHER";

interface Words {
  readonly faults: Readonly<Record<SignInFault, Notice>>;
  readonly ended: Notice;
  readonly again: string;
  readonly passkey: string;
  readonly verify: string;
}

export const signInWords: Readonly<Record<"en" | "de", Words>> = {
  en: {
    faults: {
      ISSUER_UNREACHABLE: {
        title: "The sign-in service does not answer",
        says: "It belongs to your organization, not to Fiducial. Whoever is signed in stays so, and images go on being recorded. Try again in a minute; if it stays like this, tell those who look after it.",
      },
      ISSUER_UNTRUSTED: {
        title: "The sign-in service’s certificate is not trusted by the node",
        says: "Tell those who look after the node: they name the certificate’s root in NODE_EXTRA_CA_CERTS and start the node again. At the demonstration, whose sign-in service is the node itself, that is the node’s own certificate.",
      },
      SIGN_IN_REFUSED: {
        title: "You are not signed in",
        says: "The sign-in service refused, or what came back is not what was asked for. Nothing was changed. Begin again.",
      },
      SIGN_IN_LOST: {
        title: "This sign-in was left behind",
        says: "It was begun in another browser, in another window, or more than ten minutes ago. Begin again.",
      },
      PERSON_RETIRED: {
        title: "You are no member any more",
        says: "The organization has ended this membership on its ledger. If that is wrong, an administrator has to register you again.",
      },
      TOO_MANY_REQUESTS: {
        title: "Too many sign-ins from here",
        says: "More sign-ins were begun at this address than the node answers in a minute. Wait a minute, then begin again.",
      },
      OTHER: {
        title: "The node could not sign you in",
        says: "What was recorded before still holds. Begin again; if it fails again, tell those who look after the node the code below.",
      },
    },
    ended: { title: "You are signed out", says: "Nothing of what you saw is kept in this browser." },
    again: "Sign in",
    passkey: "Use a passkey",
    verify: "Check a receipt without signing in",
  },
  de: {
    faults: {
      ISSUER_UNREACHABLE: {
        title: "Der Anmeldedienst antwortet nicht",
        says: "Er gehört Ihrer Organisation, nicht zu Fiducial. Wer angemeldet ist, bleibt es, und Bilder werden weiter erfasst. Versuchen Sie es in einer Minute wieder; bleibt es so, sagen Sie denen Bescheid, die ihn betreuen.",
      },
      ISSUER_UNTRUSTED: {
        title: "Der Knoten traut dem Zertifikat des Anmeldedienstes nicht",
        says: "Sagen Sie denen Bescheid, die den Knoten betreuen: Sie nennen dessen Wurzel in NODE_EXTRA_CA_CERTS und starten den Knoten neu. Bei der Vorführung, deren Anmeldedienst der Knoten selbst ist, ist das sein eigenes Zertifikat.",
      },
      SIGN_IN_REFUSED: {
        title: "Sie sind nicht angemeldet",
        says: "Der Anmeldedienst hat abgelehnt, oder was zurückkam, ist nicht, wonach gefragt wurde. Nichts wurde geändert. Beginnen Sie neu.",
      },
      SIGN_IN_LOST: {
        title: "Diese Anmeldung ist liegen geblieben",
        says: "Sie wurde in einem anderen Browser, in einem anderen Fenster oder vor mehr als zehn Minuten begonnen. Beginnen Sie neu.",
      },
      PERSON_RETIRED: {
        title: "Sie sind kein Mitglied mehr",
        says: "Die Organisation hat diese Mitgliedschaft in ihrem Protokoll beendet. Ist das falsch, muss eine Administratorin Sie neu eintragen.",
      },
      TOO_MANY_REQUESTS: {
        title: "Zu viele Anmeldungen von hier",
        says: "Von dieser Adresse wurden mehr Anmeldungen begonnen, als der Knoten in einer Minute beantwortet. Warten Sie eine Minute und beginnen Sie neu.",
      },
      OTHER: {
        title: "Der Knoten konnte Sie nicht anmelden",
        says: "Was erfasst wurde, gilt weiter. Beginnen Sie neu; misslingt es wieder, nennen Sie denen, die den Knoten betreuen, den Code unten.",
      },
    },
    ended: { title: "Sie sind abgemeldet", says: "Nichts von dem, was Sie sahen, bleibt in diesem Browser." },
    again: "Anmelden",
    passkey: "Passkey verwenden",
    verify: "Einen Beleg ohne Anmeldung prüfen",
  },
};
