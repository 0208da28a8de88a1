import type { Draft } from "../use-draft";
import type { PreviewQuery } from "../use-preview";
import type { Fallbacks } from "./tag-menu";

/** What the editor of one message gets. `problems`: what must be mended, by the field of the body. */
export type EditorProps = {
  draft: Draft;
  language: string;
  preview: PreviewQuery;
  problems: Record<string, string | undefined>;
  /** A variant that differs in nothing else. */
  subjectOnly?: boolean;
};

/** What is said instead of tags in a language: words of its own, else those of the default language. */
export const fallbacksOf = ({ fields, change }: Draft, language: string): Fallbacks => ({
  fallbacks: fields.fallbacks,
  prefix: language === fields.languages[0] ? "" : `${language}/`,
  onFallbacks: (fallbacks) => change({ fallbacks }),
});
