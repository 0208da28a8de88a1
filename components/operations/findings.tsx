import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Finding } from "@/server/operations/status";

/** Everything that needs a person, the worst first; or that nothing does. */
export function Findings({ findings }: { findings: Finding[] }) {
  if (findings.length === 0)
    return (
      <Notice tone="good" title="Nothing is wrong.">
        Every part answers, and nothing waits longer than it should.
      </Notice>
    );
  return (
    <div className="flex flex-col gap-2">
      {findings.map(({ level, title, advice, href }) => (
        <Notice
          key={title}
          tone={level}
          title={title}
          action={
            href && (
              <Button size="sm" asChild>
                <Link href={href}>Open</Link>
              </Button>
            )
          }
        >
          {advice}
        </Notice>
      ))}
    </div>
  );
}
