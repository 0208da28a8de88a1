"use client";

import { Badge } from "@/components/ui/badge";
import { PageHeader } from "@/components/ui/page-header";
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
      <div className="gutter grid gap-x-8 gap-y-6 py-5 lg:grid-cols-[minmax(0,1fr)_19rem]">
        <p className="max-w-2xl text-lg">{segment.sentence}</p>
        <aside
          aria-label="Who is in it"
          className="flex flex-col gap-5 text-sm lg:border-line lg:border-l lg:pl-6"
        >
          <LiveCount live={live} usable />
          <SamplePeople people={live.people} stale={live.stale} />
          <UsedBy uses={segment.usedBy} />
        </aside>
      </div>
    </>
  );
}
