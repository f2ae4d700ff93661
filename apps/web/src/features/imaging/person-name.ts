// A person's name as people write it. DICOM PS3.5 § 6.2 (PN): groups by "=", parts by "^": family, given, middle, prefix, suffix.

/** Writes the first group that says something: `Prefix Family, Given Middle`. */
export function personName(name: string): string {
  const [family = "", given = "", middle = "", prefix = "", suffix = ""] = (
    name.split("=").find((group) => group.replaceAll(/[\^ ]/g, "") !== "") ?? ""
  )
    .split("^")
    .map((part) => part.trim());
  const last = [prefix, family, suffix].filter((part) => part !== "").join(" ");
  const first = [given, middle].filter((part) => part !== "").join(" ");
  return [last, first].filter((part) => part !== "").join(", ");
}
