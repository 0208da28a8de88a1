import Link from "next/link";
import type { SegmentDetail } from "@/server/segments/get";

/** Campaigns and segments that use this one. */
export function UsedBy({ uses }: { uses: SegmentDetail["usedBy"] }) {
  return (
    <div>
      <h2 className="mb-1.5 font-medium">Used by</h2>
      {uses.length === 0 && <p className="text-muted">Nothing yet.</p>}
      <ul className="flex flex-col gap-1">
        {uses.map(({ kind, id, name }) => (
          <li key={id} className="flex justify-between gap-3">
            <Link
              href={kind === "segment" ? `/segments/${id}` : `/campaigns/${id}`}
              className="min-w-0 truncate rounded-sm hover:text-accent-ink hover:underline"
            >
              {name}
            </Link>
            <span className="shrink-0 text-faint">{kind === "segment" ? "Segment" : "Campaign"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
