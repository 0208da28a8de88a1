import type { ResponseClass } from "../status";

/** Replies with the class that a person gave them: English, Hindi in Devanagari, and Hindi in Latin letters. Invented here. */
export type Labelled = readonly [text: string, label: ResponseClass];
