// dcmjs ships its dictionary without types.
declare module "dcmjs/dictionary" {
  export const dictionary: Readonly<Record<string, Readonly<Record<string, string | undefined>>>>;
}
