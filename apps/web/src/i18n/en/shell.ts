// The frame around every page, in English.

export const shell = {
  name: "Fiducial",
  demo: "Demo data",
  skip: "Skip to the content",
  navigation: "Main",
  pages: {
    overview: "Overview",
    studies: "Studies",
    ledger: "Ledger",
    verify: "Verify",
    help: "Help",
  },
  search: {
    label: "Find anything",
    hint: "Find a study, a UID, an entry – or drop a file",
    nothing: "No object with this UID is registered here.",
  },
  health: {
    ok: "Ledger healthy",
    degraded: "Ledger degraded",
    unreachable: "Node not reached",
    waiting: "Asking the node",
  },
  theme: {
    label: "Theme",
    system: "As the system",
    light: "Light",
    dark: "Dark",
    "reading-room": "Reading room",
  },
  language: { label: "Language", en: "English", de: "Deutsch" },
  ownLog: "own log",
  dropHere: "Drop to verify here, in this browser",
  keys: {
    title: "Keys",
    says: "They never fire while you type.",
    switch: "Single keys",
    on: "On",
    off: "Off",
    close: "Close",
    search: "search, or an entry by its number",
    next: "next in a list",
    previous: "previous in a list",
    open: "open what is chosen",
    prove: "prove what is shown",
    receipt: "save its receipt",
    slice: "next or previous slice",
    window: "window back to the file’s own",
    zoom: "zoom in, zoom out",
    overview: "overview, studies, ledger, verify",
    help: "these keys",
  },
  help: {
    title: "Help",
    what: "What this is",
    whatSays:
      "A record of where every image came from and who touched it since. Each line of it has a receipt that anyone can check, in a browser, without asking this hospital.",
    use: "What it is for",
    useSays:
      "Fiducial keeps records. It is no medical device: its viewer is not for primary diagnosis, and nothing here replaces the archive.",
    offline: "Check without us",
    offlineSays:
      "The verifier is one page that works from a disk, without a network. Save it and keep it with your receipts.",
    saveVerifier: "Save the verifier",
    openVerifier: "Open the verifier",
  },
  notFound: {
    title: "There is nothing at this address",
    says: "Perhaps it was typed by hand, or a part of it was lost on the way.",
    back: "Go to the overview",
  },
  crashed: {
    title: "This page failed",
    says: "The ledger is not touched by that. Load the page again; if it fails again, copy the details for whoever looks after it.",
    reload: "Load again",
  },
};
