import { Compass } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** Nothing at this address. A foreign record looks exactly like one that never was. */
export function Missing() {
  return (
    <div className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        level={1}
        icon={Compass}
        title="There is nothing at this address"
        action={
          <Button asChild variant="primary">
            <Link href="/">Go to the start</Link>
          </Button>
        }
      >
        It may have been deleted, or it belongs to another workspace.
      </EmptyState>
    </div>
  );
}
