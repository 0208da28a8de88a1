const DUE_DAY =
  /^[\da-f-]{36}\/(?:premium|overdue|renewal|grace|grace-ends|lapsed)(?:-\d+)?\/(\d{4}-\d{2}-\d{2})$/;

/**
 * The day on which what an occurrence is about falls due, `YYYY-MM-DD`: of the payment, or of the renewal, whose day let the
 * customer in. Null for every other occurrence: an anniversary's day is nobody's due date.
 */
export const dueDayOf = (occurrence: string): string | null => DUE_DAY.exec(occurrence)?.[1] ?? null;
