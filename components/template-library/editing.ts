import type { Fallbacks } from "@/components/campaigns/content/tag-menu";
import type { TemplateDraft } from "./use-template-draft";

/** What is wrong with a part of the content, by its path below `content`. */
export const wordsError = ({ errors }: TemplateDraft, path: string): string | undefined =>
  errors[`content.${path}`];

/** What is said instead of tags in a language: words of its own, else those of the first language. */
export const fallbacksOf = ({ fields, change }: TemplateDraft, language: string): Fallbacks => ({
  fallbacks: fields.content.fallbacks,
  prefix: language === fields.languages[0] ? "" : `${language}/`,
  onFallbacks: (fallbacks) => change({ content: { ...fields.content, fallbacks } }),
});
