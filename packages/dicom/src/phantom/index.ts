// The door of the phantoms: invented studies for demonstrations and tests. Never loaded by what reads other people's images.
export { asFromPacs, withAttributes, withElement, withPixelErased } from "./alter.ts";
export { phantom, phantomStudies } from "./phantom.ts";
export { clone, cloner, type SmallObjectOptions, smallObject } from "./small-object.ts";
export type { PhantomName, PhantomObject, PhantomStudy } from "./studies/phantom-study.ts";
export { devices, type PhantomDevice, type StationName } from "./studies/scene.ts";
export { phantomUid } from "./uid.ts";
