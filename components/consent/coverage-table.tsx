import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { ConsentCoverage, Coverage } from "@/server/consent/coverage";
import { contactChannelLabels, purposeLabels, purposes } from "@/server/consent/status";
import { formatCount, formatPercent } from "@/server/platform/format";

const parts = [
  { key: "granted", label: "Allowed", className: "bg-good-solid" },
  { key: "byContract", label: "By contract", className: "bg-information-solid" },
  { key: "withdrawn", label: "Withdrawn", className: "bg-attention-solid" },
  { key: "silent", label: "Never given", className: "bg-control" },
] as const;

/** How much of the customer base each channel may be used for, purpose by purpose. */
export function CoverageTable({ coverage }: { coverage: ConsentCoverage }) {
  return (
    <div className="grid gap-5 lg:grid-cols-2">
      {purposes.map((purpose) => (
        <Card
          key={purpose}
          title={purposeLabels[purpose]}
          description={`Of ${formatCount(coverage.customers)} customers`}
          flush
        >
          <table className="w-full text-sm tabular-nums">
            <caption className="sr-only">{purposeLabels[purpose]} by channel</caption>
            <thead className="text-left text-muted text-xs">
              <tr>
                <th scope="col" className="px-4 py-1 font-normal max-sm:pr-2">
                  Channel
                </th>
                {parts
                  .filter(({ key }) => key !== "byContract" || purpose === "service")
                  .map(({ key, label, className }) => (
                    <th
                      key={key}
                      scope="col"
                      className="py-1 pr-4 text-right align-bottom font-normal max-sm:pr-3"
                    >
                      <span
                        aria-hidden
                        className={cn(
                          "mr-1.5 inline-block size-2 rounded-full max-sm:mr-0 max-sm:mb-0.5 max-sm:ml-auto max-sm:block",
                          className,
                        )}
                      />
                      {label}
                    </th>
                  ))}
              </tr>
            </thead>
            <tbody>
              {coverage.lines
                .filter((line) => line.purpose === purpose)
                .map((line) => (
                  <CoverageRow key={line.channel} line={line} customers={coverage.customers} />
                ))}
            </tbody>
          </table>
        </Card>
      ))}
    </div>
  );
}

function CoverageRow({ line, customers }: { line: Coverage; customers: number }) {
  const share = (count: number) => (customers === 0 ? null : count / customers);
  return (
    <tr className="border-line border-t">
      <th scope="row" className="px-4 py-2 text-left align-top font-normal max-sm:pr-2">
        {contactChannelLabels[line.channel]}
        <span
          aria-hidden
          className="mt-1.5 flex h-1.5 w-24 max-sm:w-14 overflow-hidden rounded-full bg-subtle"
        >
          {parts.map(({ key, className }) => (
            <span key={key} className={className} style={{ width: `${(share(line[key]) ?? 0) * 100}%` }} />
          ))}
        </span>
      </th>
      {parts
        .filter(({ key }) => key !== "byContract" || line.purpose === "service")
        .map(({ key }) => (
          <td key={key} className="py-2 pr-4 text-right align-top max-sm:pr-3">
            {formatCount(line[key])}
            <span className="block text-muted text-xs">{formatPercent(share(line[key]), 0)}</span>
          </td>
        ))}
    </tr>
  );
}
