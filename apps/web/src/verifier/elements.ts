// Elements of the verifier's page, without a library.

type Child = Node | string | undefined | false;

/** Makes an element with attributes and children; `undefined` and `false` children are left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/** Makes a button. */
export function button(className: string, words: string, pressed: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", class: className }, words);
  made.addEventListener("click", pressed);
  return made;
}
