export { verify } from "../en/verify.ts";
