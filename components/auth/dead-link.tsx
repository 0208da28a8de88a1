import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { AuthCard } from "./auth-card";

type DeadLinkProps = { title: string; action: { href: string; label: string }; children: ReactNode };

/** A mailed link that leads nowhere any more, and what to do instead. */
export function DeadLink({ title, action, children }: DeadLinkProps) {
  return (
    <AuthCard title={title} description={children}>
      <Button asChild variant="primary">
        <Link href={action.href}>{action.label}</Link>
      </Button>
    </AuthCard>
  );
}
