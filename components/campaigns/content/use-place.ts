"use client";

import { useUrl } from "@/components/ui/use-url";
import { type Bodies, emailBody, isBlank, smsBody, whatsappBody } from "@/server/campaigns/content";
import type { DraftFields } from "@/server/campaigns/schemas";
import { type Channel, channels } from "@/server/channels/status";

/** The channels that the campaign speaks on, those of the fall-back and of follow-ups included. */
export const spokenOf = ({
  channels: used,
  fallBack,
  schedule,
}: Pick<DraftFields, "channels" | "fallBack" | "schedule">): Channel[] => {
  const followed =
    schedule.kind === "automated"
      ? schedule.steps.flatMap((step) =>
          step.do === "send" && !step.own?.[step.channel] ? [step.channel] : [],
        )
      : [];
  return [...new Set([...used, ...(fallBack ? [fallBack.channel] : []), ...followed])];
};

/** Which message is written: its variant, channel and language stand in the address. */
export type Place = { variant: number; channel: Channel; language: string };

/**
 * The message that the address names, else the first of the campaign; `go` leads to another, at once and without asking the
 * server: what is typed while a page is on its way would land in the message that was left.
 */
export function usePlace({
  channels: used,
  languages,
  abTest,
}: Pick<DraftFields, "channels" | "languages" | "abTest">) {
  const url = useUrl();
  const nth = Number(url.params.get("variant") ?? 0);
  const channel =
    channels.find((each) => each === url.params.get("channel")) ?? used[0] ?? channels[channels.length - 1];
  const asked = url.params.get("lang");
  const language = languages.find((each) => each === asked) ?? languages[0] ?? "en";
  return {
    variant: abTest?.variants[nth] ? nth : 0,
    channel: channel ?? "email",
    language,
    go: (to: Partial<Place>) =>
      window.history.replaceState(
        null,
        "",
        url.href({
          tab: "content",
          ...(to.channel && { channel: to.channel }),
          ...(to.language && { lang: to.language }),
          ...(to.variant !== undefined && { variant: String(to.variant) }),
        }),
      ),
  };
}

const empty = {
  email: emailBody.parse({ subject: "", body: "" }),
  sms: smsBody.parse({ text: "" }),
  whatsapp: whatsappBody.parse({}),
};
type Body<Of extends Channel> = (typeof empty)[Of];

/** What is written there; an empty body where nobody began. */
export function bodyAt<Of extends Channel>(bodies: Bodies, channel: Of, language: string): Body<Of> {
  return (bodies[channel]?.[language] ?? empty[channel]) as Body<Of>;
}

/** The bodies with one of them changed. */
export function withBody<Of extends Channel>(
  bodies: Bodies,
  { channel, language }: { channel: Of; language: string },
  patch: Partial<Body<Of>>,
): Bodies {
  return {
    ...bodies,
    [channel]: { ...bodies[channel], [language]: { ...bodyAt(bodies, channel, language), ...patch } },
  };
}

/** The bodies without anything in this language. */
export function withoutLanguage(bodies: Bodies, language: string): Bodies {
  const without = <B>(of: Record<string, B> | undefined) =>
    of && Object.fromEntries(Object.entries(of).filter(([each]) => each !== language));
  return { email: without(bodies.email), sms: without(bodies.sms), whatsapp: without(bodies.whatsapp) };
}

/** Whether anything is written in a language, on any channel. */
export const isWritten = (bodies: Bodies, language: string): boolean =>
  channels.some((channel) => !isBlank(bodies, channel, language));
