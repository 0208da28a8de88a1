/** What of a policy falls due, by the word of the trigger in the occurrence, and its day, `YYYY-MM-DD`. */
type FallsDue = { what: string; day: string };

const DUE = /^[\da-f-]{36}\/(premium|overdue|renewal|grace|grace-ends|lapsed)(?:-\d+)?\/(\d{4}-\d{2}-\d{2})$/;

/**
 * What falls due of the policy that an occurrence is about: the payment, or the renewal, whose day let the customer in. Null
 * for every other occurrence: an anniversary's day is nobody's due date.
 */
export function fallsDue(occurrence: string): FallsDue | null {
  const [, what, day] = DUE.exec(occurrence) ?? [];
  return what && day ? { what, day } : null;
}
