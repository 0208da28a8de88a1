/** Unread ones are counted up to here; the bell then says "99+". */
export const MOST_COUNTED = 99;

/** The topic that moves with a member's notifications. */
export const notificationTopic = (membershipId: string): string => `notifications:${membershipId}`;

/** Where what a notification is about is looked at; null where it has no screen of its own. */
export function subjectHref(subjectType: string, subjectId: string): string | null {
  if (subjectType === "campaign") return `/campaigns/${subjectId}`;
  if (subjectType === "response") return `/responses?open=${subjectId}`;
  return subjectType === "callback" ? `/callbacks/${subjectId}` : null;
}
