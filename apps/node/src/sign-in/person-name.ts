// What somebody is called here, out of what an issuer says: a text that the ledger takes and that shows as it is. OpenID Connect Core 1.0 § 5.1, UAX #9.

/** The first of the claims `name`, `preferred_username` and `sub` with something to be seen in it, in at most 200 characters; else `otherwise`. */
export function nameIn({ name, preferred_username, sub }: Record<string, unknown>, otherwise: string): string {
  const shown = [name, preferred_username, sub].map((one) => (typeof one === "string" ? plain(one) : ""));
  return shown.find((text) => /[^\p{C}\p{Z}]/u.test(text)) ?? otherwise;
}

// What tells whoever reads it to write the other way round would turn around what stands beside a name; halves of characters are none in UTF-8.
const turning = /[\p{Cs}\u202a-\u202e\u2066-\u2069]/gu;
const breaking = /[\p{Cc}\u2028\u2029]+/gu;

function plain(text: string): string {
  // Cut roughly first: what an issuer says may be long.
  const characters = [...text.slice(0, 4096).replace(turning, "").replace(breaking, " ").trim()];
  return characters.slice(0, 200).join("").trim();
}
