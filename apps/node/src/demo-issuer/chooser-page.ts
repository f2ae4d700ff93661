// The page of the demonstration's issuer: who would you like to be? One button for each persona; no password, no script.
import type { Role } from "@fiducial/contract";
import { escaped, type PlainPage } from "../sign-in/plain-page.ts";
import { personas } from "./personas.ts";

interface Words {
  readonly title: string;
  readonly says: string;
  readonly notice: string;
  readonly lost: string;
  readonly lostSays: string;
  readonly again: string;
  readonly passkey: string;
  readonly verify: string;
  readonly roles: Readonly<Record<Role, string>>;
}

const words: Readonly<Record<"en" | "de", Words>> = {
  en: {
    title: "Who would you like to be?",
    says: "Each person sees and does what their role allows. You can change at any time, in the menu at the top right.",
    notice:
      "Demonstration: these people are invented, and there is no password. A node in production has no such page.",
    lost: "This choice was left behind",
    lostSays: "It was begun in another window, or too long ago. Begin again.",
    again: "Begin again",
    passkey: "Use a passkey",
    verify: "Check a file or a receipt without signing in",
    roles: {
      technologist: "Technologist",
      radiologist: "Radiologist",
      referrer: "Referring physician",
      physicist: "Medical physicist",
      "trial-coordinator": "Trial coordinator",
      reader: "Reader of a trial",
      "data-steward": "Data steward",
      "ai-developer": "AI developer",
      educator: "Educator",
      auditor: "Auditor",
      patient: "Patient",
      administrator: "PACS administrator",
    },
  },
  de: {
    title: "Wer möchten Sie sein?",
    says: "Jede Person sieht und tut, was ihre Rolle erlaubt. Wechseln können Sie jederzeit, im Menü oben rechts.",
    notice:
      "Demonstration: Diese Personen sind erfunden, und es gibt kein Passwort. Ein Knoten im Betrieb hat keine solche Seite.",
    lost: "Diese Auswahl ist liegen geblieben",
    lostSays: "Sie wurde in einem anderen Fenster oder vor zu langer Zeit begonnen. Beginnen Sie neu.",
    again: "Neu beginnen",
    passkey: "Passkey verwenden",
    verify: "Datei oder Beleg ohne Anmeldung prüfen",
    roles: {
      technologist: "MTR",
      radiologist: "Radiologin",
      referrer: "Zuweisender Arzt",
      physicist: "Medizinphysiker",
      "trial-coordinator": "Studienkoordinatorin",
      reader: "Befunder einer Studie",
      "data-steward": "Datenverwalterin",
      "ai-developer": "KI-Entwicklerin",
      educator: "Lehrender",
      auditor: "Auditorin",
      patient: "Patientin",
      administrator: "PACS-Administrator",
    },
  },
};

/** The page on which a persona is chosen, sending the choice to `action`. */
export function chooserPage(language: "en" | "de", action: string): PlainPage {
  const { title, says, notice, roles, passkey, verify } = words[language];
  const buttons = personas.map(
    ({ id, name, role }) =>
      `<li><button class="persona" name="persona" value="${id}"><span class="mark" aria-hidden="true">${escaped(initialsOf(name))}</span><span class="role">${escaped(roles[role])}</span><span class="who">${escaped(name)}</span></button></li>`,
  );
  const body = `<h1>${escaped(title)}</h1><p>${escaped(says)}</p><p class="notice" role="note">${escaped(notice)}</p><form method="post" action="${escaped(action)}"><ul>${buttons.join("")}</ul></form><p class="after"><a class="button" href="/passkey">${escaped(passkey)}</a> <a class="button second" href="/verify">${escaped(verify)}</a></p>`;
  return { language, title, body };
}

/** What stands where a choice is not there any more. */
export function faultPage(language: "en" | "de"): PlainPage {
  const { lost: title, lostSays, again } = words[language];
  const body = `<div class="card"><h1>${escaped(title)}</h1><p>${escaped(lostSays)}</p><a class="button" href="/sign-in?choose">${escaped(again)}</a></div>`;
  return { language, title, body };
}

function initialsOf(name: string): string {
  const [first = "", last = ""] = name.split(" ");
  return `${first.slice(0, 1)}${last.slice(0, 1)}`;
}
