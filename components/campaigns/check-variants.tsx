import type { Check } from "@/server/campaigns/get-check";
import type { DraftFields } from "@/server/campaigns/schemas";
import { formatCount } from "@/server/platform/format";
import { variantName } from "@/server/variants/status";

/** The outcomes by variant; the rest, which waits for the winner, was asked about with the first. */
export function CheckVariants({ check, content }: { check: Check; content: DraftFields }) {
  if (check.variants.length === 0 || !content.abTest) return null;
  const rest = check.variants.some(({ variant }) => variant === null);
  return (
    <section aria-label="By variant" className="flex flex-col gap-1.5">
      <h3 className="font-medium">By variant</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section aria-label="Outcomes by variant" tabIndex={0} className="overflow-x-auto">
        <table className="w-full text-sm tabular-nums">
          <thead className="text-left text-muted">
            <tr className="border-line border-b">
              <th className="py-1.5 pr-3 font-normal">Variant</th>
              <th className="px-3 text-right font-normal">Goes now</th>
              <th className="px-3 text-right font-normal">Waits</th>
              <th className="pl-3 text-right font-normal">Left out</th>
            </tr>
          </thead>
          <tbody>
            {check.variants.map(({ variant, goes, held, waits, skipped }) => (
              <tr key={variant} className="border-line border-b last:border-b-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-medium">
                  {variant === null ? "The rest" : variantName(variant)}
                </th>
                <td className="px-3 text-right">{formatCount(goes)}</td>
                <td className="px-3 text-right">{formatCount(held + waits)}</td>
                <td className="pl-3 text-right">{formatCount(skipped)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rest && (
        <p className="text-muted text-sm">
          The rest goes when a variant is chosen, at most {content.abTest.waitHours} hours after the launch.
          It was asked about as if that were variant A, now.
        </p>
      )}
    </section>
  );
}
