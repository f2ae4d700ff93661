// The door of rendering: frames as pictures for screens. Pure, for workers of the server and of the browser.
export type { RgbaPicture } from "./drawn-frame.ts";
export type { PictureWindow, WindowFunction } from "./picture-attributes.ts";
export { type Rendering, renderedFrame } from "./rendered-frame.ts";
export type { PictureRegion, Viewport } from "./scaled-picture.ts";
