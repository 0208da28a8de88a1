import { type Facts, rules } from "./decide";

/** A rule with its answer: a tick, the one cross or "not now", or not asked because an earlier one decided. */
export type ExplainedRule = {
  name: string;
  question: string;
  answer: "yes" | "no" | "hold" | "not_asked";
  /** What it saw; null where only the answer is known. */
  saw: string | null;
  /** For "not now": until when; null until a person has done something. */
  until: Date | null;
};

/** The answers to these facts. */
export function explainFacts(facts: Facts): ExplainedRule[] {
  let decided = false;
  return rules.map(({ name, question, check }) => {
    if (decided) return { name, question, answer: "not_asked", saw: null, until: null };
    const verdict = check(facts);
    decided = verdict.answer !== "yes";
    return {
      name,
      question,
      answer: verdict.answer,
      saw: verdict.saw,
      until: verdict.answer === "hold" ? verdict.until : null,
    };
  });
}

/** The answers as the ledger keeps them: the rule that gave the reason said no, those before it yes. */
export function explainReason(reason: string | null, saw: string | null): ExplainedRule[] {
  const refusing = rules.findIndex((rule) => rule.reasons.some((given) => given === reason));
  return rules.map(({ name, question }, index) => {
    const rest = { name, question, until: null };
    if (refusing === -1 || index < refusing) return { ...rest, answer: "yes", saw: null };
    return index === refusing ? { ...rest, answer: "no", saw } : { ...rest, answer: "not_asked", saw: null };
  });
}
