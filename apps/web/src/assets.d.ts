// Styles are imported for their effect, which the compiler cannot see.
declare module "*.css";
