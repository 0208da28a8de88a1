"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Section } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { useOpen } from "@/components/ui/use-open";
import { formatDate } from "@/server/platform/format";
import type { HoursRow } from "@/server/sending-rules/hours-table";
import type { HoursKey } from "@/server/sending-rules/schemas";
import { HoursDrawer } from "./hours-drawer";
import { countryLabel, hoursChannelLabels, hoursPurposeLabels, hoursWords, rowOn } from "./words";

/** What has hours, in the order of the page. */
const kinds = [
  { channel: "whatsapp", purpose: "promotional" },
  { channel: "whatsapp", purpose: "service" },
  { channel: "sms", purpose: "promotional" },
  { channel: "sms", purpose: "service" },
  { channel: "email", purpose: "promotional" },
  { channel: "email", purpose: "service" },
  { channel: "call", purpose: "promotional" },
  { channel: "call", purpose: "requested" },
] as const satisfies Omit<HoursKey, "country">[];

/** As the address names it: "IN.whatsapp.service". */
const placeOf = ({ country, channel, purpose }: HoursKey): string => `${country}.${channel}.${purpose}`;

const sameKey = (row: HoursKey, key: HoursKey): boolean =>
  row.country === key.country && row.channel === key.channel && row.purpose === key.purpose;

type HoursSectionProps = { hours: readonly HoursRow[]; home: string; today: string; mayEdit: boolean };

/** Hours of contact at the recipient's place, by country. */
export function HoursSection({ hours, home, today, mayEdit }: HoursSectionProps) {
  const { openId, open, close } = useOpen();
  const known = [...new Set([home, ...hours.map((row) => row.country)])];
  const countries = [...new Set([...known, ...others])];
  const named = countries.find((each) => openId?.startsWith(`${each}.`));
  const [country, setCountry] = useState(named ?? home);
  const opened = kinds
    .map((kind): HoursKey => ({ country: named ?? country, ...kind }))
    .find((key) => placeOf(key) === openId);
  return (
    <Section
      title="When"
      description="At the recipient's place, by its own clock. What would come outside these hours waits until they open. A country without hours of its own has those of yours."
    >
      <div className="max-w-60">
        <Select
          label="Country of the recipients"
          options={countries.map((value) => ({
            value,
            label: known.includes(value) ? countryLabel(value) : `${countryLabel(value)} (no hours yet)`,
          }))}
          value={country}
          onValueChange={setCountry}
        />
      </div>
      <ul className="rounded-md border border-line">
        {kinds.map((kind) => {
          const key: HoursKey = { country, ...kind };
          const rows = hours.filter((row) => sameKey(row, key));
          return (
            <li
              key={`${kind.channel} ${kind.purpose}`}
              className="flex items-center gap-3 border-line border-b px-3 py-2 last:border-b-0"
            >
              <HoursLine rows={rows} name={key} today={today} />
              {mayEdit && (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Hours of ${hoursChannelLabels[kind.channel]}, ${hoursPurposeLabels[kind.purpose].toLowerCase()}`}
                  icon={<ChevronRight aria-hidden />}
                  onClick={() => open(placeOf(key))}
                />
              )}
            </li>
          );
        })}
      </ul>
      {mayEdit && opened && (
        <HoursDrawer
          of={opened}
          rows={hours.filter((row) => sameKey(row, opened))}
          today={today}
          onClose={close}
        />
      )}
    </Section>
  );
}

/** Neighbours and the countries that most customers abroad live in. */
const others = ["AE", "AU", "CA", "GB", "KW", "LK", "NP", "OM", "QA", "SA", "SG", "US"];

type HoursLineProps = { rows: readonly HoursRow[]; name: HoursKey; today: string };

function HoursLine({ rows, name, today }: HoursLineProps) {
  const now = rowOn(rows, today);
  const next = rows.find(({ validFrom }) => validFrom > today);
  return (
    <span className="min-w-0 flex-1">
      <span className="flex flex-wrap items-baseline gap-x-2">
        <span className="w-56 shrink-0 max-sm:w-full">
          {hoursChannelLabels[name.channel]}{" "}
          <span className="text-muted">{hoursPurposeLabels[name.purpose].toLowerCase()}</span>
        </span>
        <span className="font-medium tabular-nums">{now ? hoursWords(now) : "At any time"}</span>
        {rows.some(({ own }) => own) && <Badge>Yours</Badge>}
      </span>
      {next && (
        <span className="block text-muted text-sm">
          {hoursWords(next)} from {formatDate(`${next.validFrom}T00:00:00Z`, "UTC")}
        </span>
      )}
    </span>
  );
}
