import type { TemplateDraft } from "./use-template-draft";

/** What is wrong with a part of the content, by its path below `content`. */
export const wordsError = ({ errors }: TemplateDraft, path: string): string | undefined =>
  errors[`content.${path}`];
