"use client";

import { Clock3 } from "lucide-react";
import { Sparkline } from "@/components/charts/sparkline";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { ForbiddenState } from "@/components/ui/forbidden-state";
import { Kbd } from "@/components/ui/kbd";
import { KeyFigure, KeyFigures } from "@/components/ui/key-figure";
import { Progress } from "@/components/ui/progress";
import { TableSkeleton } from "@/components/ui/skeleton";
import { Time } from "@/components/ui/time";
import { formatCount, formatMoney, formatPercent } from "@/server/platform/format";
import { SendingProgress } from "./sending-progress";
import { Specimen } from "./specimen";

const zone = "Asia/Kolkata";

export function DisplaySpecimens() {
  return (
    <>
      <Specimen name="Key figures">
        <div className="w-full">
          <KeyFigures>
            <KeyFigure
              label="Delivered"
              value={formatCount(4812)}
              unit="of 5,000"
              change={{ text: "1.2%", against: "the last run", up: true, good: true }}
            />
            <KeyFigure
              label="Opened"
              value={formatPercent(0.412)}
              basis="1,983 opened of 4,812 delivered"
              chart={
                <Sparkline label="Opened, hour by hour" values={[0, 4, 9, 22, 38, 31, 18, 14, 9, 6, 5, 3]} />
              }
            />
            <KeyFigure
              label="Bounced"
              value={formatPercent(0.018)}
              basis="88 bounced of 5,000 sent"
              change={{ text: "0.4%", against: "the last run", up: true, good: false }}
            />
            <KeyFigure
              label="Revenue"
              value={formatMoney(1_284_500_000_000n, "INR", 0)}
              basis="31 renewals in 14 days"
            />
            <KeyFigure label="Return" value={null} basis="No cost yet" />
          </KeyFigures>
        </div>
      </Specimen>
      <Specimen name="Progress">
        <div className="grid w-full max-w-2xl gap-5">
          <SendingProgress act="Cancel" />
          <Progress label="Reading customers.csv" done={3_200} total={null} unit="rows" tone="information" />
          <Progress label="Imported" done={45_211} total={45_211} unit="rows" tone="good" />
        </div>
      </Specimen>
      <Specimen name="Facts, people, times">
        <Card title="Policy LI-204881" className="w-full max-w-md">
          <DescriptionList
            items={[
              {
                term: "Holder",
                value: (
                  <span className="inline-flex items-center gap-1.5">
                    <Avatar name="Asha Verma" size="sm" /> Asha Verma
                  </span>
                ),
              },
              { term: "Tier", value: <Badge>Gold</Badge> },
              { term: "Premium", value: `${formatMoney(18_450_000_000n)} a year` },
              { term: "Last contact", value: <Time value="2026-11-12T08:35:00Z" zone={zone} /> },
              { term: "Nominee", value: null },
            ]}
          />
        </Card>
        <Card title="Keys" className="w-full max-w-xs">
          <div className="flex flex-wrap gap-3">
            <Kbd keys="mod+k" />
            <Kbd keys="g c" />
            <Kbd keys="Enter" />
            <Kbd keys="Escape" />
          </div>
        </Card>
      </Specimen>
      <Specimen name="States of a screen">
        <div className="grid w-full gap-4 xl:grid-cols-2">
          <Card>
            <EmptyState icon={Clock3} title="Nothing is waiting">
              New callbacks appear here as soon as a customer asks for one.
            </EmptyState>
          </Card>
          <Card>
            <ErrorState
              title="The campaigns could not be loaded"
              kept="Nothing was changed."
              reference="req_01J9ZK4T"
              action={<Button onClick={() => window.location.reload()}>Try again</Button>}
            />
          </Card>
          <Card>
            <ForbiddenState
              title="Settings are for administrators"
              who="Ask Meera Nair or Farhan Ali, who can change them or give you the role."
            />
          </Card>
          <TableSkeleton rows={5} />
        </div>
      </Specimen>
    </>
  );
}
