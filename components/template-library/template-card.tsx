import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { categories } from "@/server/campaigns/status";
import { formatCount, formatPercent } from "@/server/platform/format";
import type { TemplateLine } from "@/server/template-library/list";
import { languageLabel } from "@/server/template-library/status";
import { ChannelIcons } from "./channel-icons";
import { GlimpseView } from "./glimpse-view";
import { UseButton } from "./use-template";

type TemplateCardProps = { template: TemplateLine; mayUse: boolean };

/** One template of the gallery: what it says, what it is for, what came of it, and the button that begins with it. */
export function TemplateCard({ template, mayUse }: TemplateCardProps) {
  const { id, name, description, category, purpose, channels, languages, results, archived } = template;
  return (
    <article
      aria-labelledby={`template-${id}`}
      className="group relative flex min-w-0 flex-col overflow-hidden rounded-md border border-line bg-surface transition-colors focus-within:border-line-strong hover:border-line-strong"
    >
      <GlimpseView glimpse={template.glimpse} />
      <div className="flex flex-1 flex-col gap-1 border-line border-t px-4 pt-3 pb-3">
        <div className="flex items-center justify-between gap-2">
          <p className="truncate text-faint text-xs">
            {categories[category].label}
            {purpose === "promotional" && " · promotion"}
          </p>
          <ChannelIcons channels={channels} />
        </div>
        <h2 id={`template-${id}`} className="font-medium">
          <Link
            href={`/templates/${id}`}
            className="rounded-sm outline-offset-2 after:absolute after:inset-0 hover:text-accent-ink"
          >
            {name}
          </Link>
        </h2>
        <p className="line-clamp-2 text-muted text-sm">{description}</p>
        <p className="mt-0.5 truncate text-faint text-xs">{languages.map(languageLabel).join(", ")}</p>
        <div className="mt-auto flex items-end justify-between gap-3 pt-2">
          <dl className="flex gap-4 text-xs tabular-nums">
            <Figure
              term="Used"
              value={formatCount(results.uses)}
              hint="Campaigns that began with it, and their copies"
            />
            <Figure
              term="Opened"
              value={formatPercent(results.openRate, 0)}
              hint={
                results.openRate === null
                  ? "Nothing of it was delivered by e-mail or WhatsApp yet"
                  : `Of ${formatCount(results.readable)} delivered by e-mail and WhatsApp, in all of its campaigns`
              }
            />
          </dl>
          <span className="relative z-10 flex items-center gap-2">
            {!template.approved && <Badge tone="attention">Not approved</Badge>}
            {mayUse && !archived && <UseButton id={id} name={name} size="sm" />}
          </span>
        </div>
      </div>
    </article>
  );
}

function Figure({ term, value, hint }: { term: string; value: string; hint: string }) {
  return (
    <div title={hint}>
      <dt className="text-faint">{term}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  );
}
