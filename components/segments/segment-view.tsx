"use client";

import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
import { RailLayout } from "@/components/ui/rail-layout";
import type { SegmentDetail } from "@/server/segments/get";
import { LiveCount, SamplePeople } from "./live-count";
import { useLiveCount } from "./use-live-count";
import { UsedBy } from "./used-by";

/** A segment for somebody who may look, but not change it. */
export function SegmentView({ segment }: { segment: SegmentDetail }) {
  const live = useLiveCount(segment.rule, true);
  return (
    <>
      <PageHeader
        title={segment.name}
        status={segment.archived && <Badge>Archived</Badge>}
        description={segment.description || undefined}
        back={{ href: "/segments", label: "Segments" }}
      />
      <RailLayout
        label="Who is in it"
        rail={
          <>
            <LiveCount live={live} usable />
            <SamplePeople people={live.people} stale={live.stale} />
            <UsedBy uses={segment.usedBy} />
          </>
        }
      >
        <p className="max-w-2xl text-lg">{segment.sentence}</p>
      </RailLayout>
    </>
  );
}
