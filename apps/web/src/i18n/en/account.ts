// Whoever sits here: account, passkeys, and what is signed with one. In English.

export const account = {
  title: "Your account",
  says: "Who the node takes you for, the passkeys that you sign with, and where you are signed in.",
  who: "Who you are here",
  name: "Name",
  roles: "Roles",
  rolesSay:
    "Roles come from your organization’s sign-in and from its administrators. With a passkey you have those that the ledger says.",
  onLedger: "On the ledger",
  asMember: "As others see you",
  passkeys: {
    title: "Passkeys",
    says: "You sign in and sign with any of these. Each is registered on the ledger as yours.",
    none: "None yet. A passkey is a key in this device or in your security key: it lets you in without a password, and signs in your own name what the ledger is to take from you alone.",
    notOffered: "At this address browsers make no passkeys. Come by https:// and a host name, or by localhost.",
    notAddable:
      "The ledger takes another key of yours only when one that you have signs too, and no passkey of yours is left. An administrator gives you another one, by recovering your membership.",
    add: "Add a passkey",
    making: "Your browser asks twice: once to make the passkey, once to have it sign its registration.",
    makingFurther:
      "Your browser asks three times: to make the passkey, to have it sign its registration, and to have a passkey sign that you had before.",
    added: "The passkey is yours. Registered as",
    one: (number: number, curve: string): string => `Passkey ${number}, ${curve}`,
    since: (time: string): string => `added ${time}`,
    used: (time: string): string => `last used ${time}`,
    unused: "not used here yet",
    remove: "Remove",
    removeSays: "It then signs nothing any more, and lets nobody in. What it signed goes on counting. Why does it end?",
    removeLast:
      "This is your last passkey. It then lets nobody in, and without one you cannot add another yourself: an administrator has to recover you. What it signed goes on counting. Why does it end?",
    lost: "It was lost",
    ceased: "No longer needed",
  },
  sessions: {
    title: "Where you are signed in",
    since: (time: string): string => `Since ${time}`,
    seen: (time: string): string => `last seen ${time}`,
    current: "This browser",
    end: "Sign out there",
  },
  signIn: {
    title: "Sign in with a passkey",
    says: "Your browser shows the passkeys that it has for this node. You get the roles that the ledger says you have.",
    use: "Use a passkey",
    otherwise: "Sign in another way",
  },
  signing: {
    drafting: "Asking the ledger whether this can be said …",
    waiting: "Waiting for your passkey …",
    says: "You sign that this stands on the ledger:",
    study: "Study",
    member: "Member",
    sign: "Sign with a passkey",
    cancel: "Cancel",
    close: "Close",
    recorded: "Signed and recorded as",
    signedWith: "Signed with a passkey",
  },
  roleActs: {
    grant: "Grant a role",
    choose: "Role",
    withdraw: "Withdraw",
  },
  studyActs: {
    more: "More",
    hold: "Place a legal hold",
    release: "Release the hold",
    releaseOne: (hold: string): string => `Release hold ${hold}`,
    reject: {
      quality: "Reject: poor quality",
      "patient-safety": "Reject: patient safety",
      "wrong-worklist-entry": "Reject: wrong worklist entry",
      "retention-expired": "Reject: kept for too long",
    } as Readonly<Record<string, string>>,
  },
  faults: {
    PASSKEY_NOT_USED: "No passkey was used. Nothing was changed; try again.",
    PASSKEY_HERE_ALREADY: "This device has a passkey of yours already.",
    DRAFT_DIFFERS: "What the node would have had you sign is not what you asked for. Nothing was signed.",
    PASSKEY_UNKNOWN: "You have no passkey to sign with. Add one under “Your account”.",
  } as Readonly<Record<string, string>>,
};
