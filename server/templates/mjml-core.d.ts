// These packages carry no types; mjml.ts says what is used of them.
declare module "mjml-core";
declare module "mjml-preset-core";
