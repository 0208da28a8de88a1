import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Time } from "@/components/ui/time";
import { resolutionCategories, statusLabels } from "@/server/callbacks/content";
import type { CallbackDetail } from "@/server/callbacks/get";
import { formatMoney } from "@/server/platform/format";

/** How a closed request ended. */
export function OutcomeCard({ callback, zone }: { callback: CallbackDetail; zone: string }) {
  if (!callback.closedAt) return null;
  const category = callback.resolutionCategory as keyof typeof resolutionCategories | null;
  return (
    <Card title={statusLabels[callback.status]}>
      <DescriptionList
        items={[
          { term: "Ended", value: <Time value={callback.closedAt} zone={zone} show="exact" /> },
          { term: "How", value: callback.disposition },
          { term: "Category", value: category && (resolutionCategories[category] ?? category) },
          { term: "Notes", value: callback.resolution },
          {
            term: "Value",
            value: callback.conversionValue && formatMoney(callback.conversionValue, callback.currency),
          },
          {
            term: "Satisfaction",
            value: callback.satisfaction === null ? null : `${callback.satisfaction} of 5`,
          },
        ]}
      />
    </Card>
  );
}
