/**
 * Days for which rows are kept that are no record of anything: what was sent, consented, called or changed is never among them.
 * Elsewhere, each by its own noun: outbox and provider reports 30 days, answers kept for repeats 1 day, reservations, uploads,
 * ended runs of the workflow engine (`ENGINE_RETENTION_DAYS`).
 */
export const keptDays = {
  /** After their end; an open session ends by itself. */
  sessions: 90,
  password_resets: 7,
  throttles: 1,
  /** The product's own mails; they hold addresses and one-time links. */
  system_mails: 30,
  notifications: 180,
  /** Looks at what a campaign would do. */
  campaign_checks: 30,
  /** What an account took and refused, by the quarter of an hour. */
  account_counts: 400,
} as const;
