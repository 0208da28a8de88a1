import { DescriptionList } from "@/components/ui/description-list";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { Time } from "@/components/ui/time";
import { categories, goalLabels, typeLabels } from "@/server/campaigns/status";
import { channelLabels } from "@/server/channels/status";
import { formatCount, formatPercent } from "@/server/platform/format";
import type { TemplateDetail } from "@/server/template-library/get";
import { languageLabel } from "@/server/template-library/status";

/** What a template is for, and what came of the campaigns that began with it. */
export function TemplateFacts({ template, zone }: { template: TemplateDetail; zone: string }) {
  const { results, category, purpose, goal, type, channels, languages, approvedAt, builtIn, edited } =
    template;
  return (
    <>
      <section aria-label="Results" className="flex flex-col gap-3">
        <h2 className="font-medium">What came of it</h2>
        <KeyFigures>
          <KeyFigure
            label="Used"
            value={formatCount(results.uses)}
            basis={`Campaigns that began with it, and their copies; ${formatCount(results.launched)} of them launched`}
          />
          <KeyFigure
            label="Sent"
            value={formatCount(results.sent)}
            basis="Messages that a provider accepted"
          />
          <KeyFigure
            label="Open rate"
            value={formatPercent(results.openRate)}
            basis="Unique human openers of delivered e-mails and WhatsApp messages"
          />
          <KeyFigure
            label="Click-through rate"
            value={formatPercent(results.clickRate)}
            basis="Unique human clickers of delivered messages"
          />
        </KeyFigures>
        {results.launched === 0 && (
          <p className="text-muted text-sm">
            Rates are measured from real messages: they stand here once a campaign with it was launched.
          </p>
        )}
      </section>
      <section aria-label="About" className="flex flex-col gap-3">
        <h2 className="font-medium">What it is for</h2>
        <DescriptionList
          items={[
            { term: "Category", value: categories[category].label },
            {
              term: "Purpose",
              value:
                purpose === "service"
                  ? "Service: follows from the customer’s own policy"
                  : "Promotion: only to those who agreed",
            },
            { term: "Goal", value: goalLabels[goal].label },
            { term: "Type", value: typeLabels[type].label },
            { term: "Channels", value: channels.map((channel) => channelLabels[channel]).join(", ") },
            { term: "Languages", value: languages.map(languageLabel).join(", ") },
            {
              term: "Origin",
              value: builtIn ? (edited ? "Built in, edited here" : "Built in") : "Made in this workspace",
            },
            {
              term: "Approved",
              value: approvedAt ? (
                <Time value={approvedAt.toISOString()} zone={zone} />
              ) : (
                "Not yet: advisors do not see it"
              ),
            },
          ]}
        />
      </section>
    </>
  );
}
