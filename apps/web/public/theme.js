// Sets the theme before the first paint, by the rule of src/app/theme.ts.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("fiducial-theme");
  } catch {
    // A browser that keeps nothing follows the system.
  }
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = ["light", "dark", "reading-room"].includes(kept) ? kept : dark ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.mantineColorScheme = theme === "light" ? "light" : "dark";
})();
