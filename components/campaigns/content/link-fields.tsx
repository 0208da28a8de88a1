"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Switch } from "@/components/ui/switch";
import type { Utm } from "@/server/campaigns/content";
import { slugOf } from "@/server/campaigns/content";
import type { DraftFields } from "@/server/campaigns/schemas";
import type { Channel } from "@/server/channels/status";

type LinkFieldsProps = {
  fields: Pick<DraftFields, "name" | "utm" | "tracking">;
  /** What the workspace adds to links; null: nothing. */
  usual: Utm | null;
  channel: Channel;
  /** Where the links of the message that is shown lead in the end. */
  links: readonly string[];
  errors: Record<string, string | undefined>;
  onChange: (patch: Partial<Pick<DraftFields, "utm" | "tracking">>) => void;
};

const parts = [
  { key: "source", label: "Source", help: "utm_source: where it comes from" },
  { key: "medium", label: "Medium", help: "utm_medium" },
  { key: "campaign", label: "Campaign", help: "utm_campaign" },
  { key: "content", label: "Content", help: "utm_content" },
  { key: "term", label: "Term", help: "utm_term" },
] as const;

const nothing: Utm = { source: "", medium: "", campaign: "", content: "", term: "" };

/** What is counted, and what is added to links so that web analytics know where a visit comes from. */
export function LinkFields({ fields, usual, channel, links, errors, onChange }: LinkFieldsProps) {
  const { utm, tracking, name } = fields;
  const shown = utm ?? usual ?? nothing;
  const tagged = shown.source !== "";
  const usually: Record<keyof Utm, string> = {
    source: "ringback",
    medium: channel,
    campaign: slugOf(name) || "the campaign’s name",
    content: "",
    term: "",
  };
  return (
    <section
      aria-label="Links and counting"
      className="flex flex-col gap-4 rounded-md border border-line p-4"
    >
      <h2 className="font-medium">Links and counting</h2>
      <Switch
        label="Count opens"
        description="By a picture that no reader sees. E-mail only."
        checked={tracking.opens}
        onCheckedChange={(opens) => onChange({ tracking: { ...tracking, opens } })}
      />
      <Switch
        label="Count clicks and shorten links"
        description="Links lead through Ringback. Without it they lead straight to their targets; buttons of WhatsApp templates are always counted."
        checked={tracking.clicks}
        onCheckedChange={(clicks) => onChange({ tracking: { ...tracking, clicks } })}
      />
      <Switch
        label="Add UTM tags to links"
        description={
          utm === null && usual !== null && usual.source !== ""
            ? "As the workspace does; change them for this campaign."
            : "So that web analytics know which campaign a visit comes from."
        }
        checked={tagged}
        onCheckedChange={(on) =>
          onChange({ utm: on ? { ...nothing, source: usual?.source || usually.source } : nothing })
        }
      />
      {tagged && (
        <div className="grid gap-4 @lg:grid-cols-2">
          {parts.map(({ key, label, help }) => (
            <Field
              key={key}
              label={label}
              help={help}
              optional={key !== "source"}
              error={errors[`utm.${key}`]}
            >
              <Input
                value={shown[key]}
                maxLength={100}
                placeholder={usually[key]}
                onChange={(event) => onChange({ utm: { ...shown, [key]: event.target.value } })}
              />
            </Field>
          ))}
        </div>
      )}
      {links.length > 0 && (
        <div className="flex flex-col gap-1 text-sm">
          <p className="text-muted">{links.length === 1 ? "The link leads to" : "The links lead to"}</p>
          <ul className="flex flex-col gap-1">
            {links.map((link) => (
              <li key={link} className="break-all rounded-sm bg-canvas px-2 py-1 font-mono text-xs">
                {link}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
