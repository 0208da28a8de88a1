import {
  type ConsentGrant,
  consentChannelLabels,
  consentPurposeLabels,
  consentPurposes,
} from "@/server/imports/schemas";

/** "promotion by E-mail, SMS and service messages by WhatsApp". */
export function consentWords(grants: readonly ConsentGrant[]): string {
  return consentPurposes
    .map((purpose) => ({
      purpose,
      channels: grants
        .filter((grant) => grant.purpose === purpose)
        .map(({ channel }) => consentChannelLabels[channel]),
    }))
    .filter(({ channels }) => channels.length > 0)
    .map(
      ({ purpose, channels }) => `${consentPurposeLabels[purpose].toLowerCase()} by ${channels.join(", ")}`,
    )
    .join(" and ");
}
