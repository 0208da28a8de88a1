import { Circle, CircleCheck } from "lucide-react";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import type { Checklist } from "@/server/onboarding/get-checklist";
import { onboardingSteps } from "@/server/onboarding/status";

type OnboardingChecklistProps = { checklist: Checklist; onDismiss: () => Promise<void> };

/** The first steps in a new workspace. Each is ticked by what is there, not by a click; drawn on the server. */
export function OnboardingChecklist({ checklist, onDismiss }: OnboardingChecklistProps) {
  const done = checklist.filter((item) => item.done).length;
  return (
    <Card
      title="First steps"
      description={`${done} of ${checklist.length} done`}
      actions={
        <form action={onDismiss}>
          <Button type="submit" size="sm" variant="ghost">
            Put away
          </Button>
        </form>
      }
    >
      <ol className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
        {checklist.map((item) => (
          <Step key={item.step} {...item} />
        ))}
      </ol>
    </Card>
  );
}

function Step({ step, done }: Checklist[number]) {
  const { label, help, href } = onboardingSteps[step];
  const Icon = done ? CircleCheck : Circle;
  return (
    <li className="flex gap-2 text-sm">
      <Icon
        aria-label={done ? "Done" : "To do"}
        className={cn("mt-0.5 size-4 shrink-0", done ? "text-good" : "text-faint")}
      />
      <div className="min-w-0">
        {done ? (
          <p className="text-muted">{label}</p>
        ) : (
          <>
            <Link href={href} className="font-medium text-accent-ink hover:underline">
              {label}
            </Link>
            <p className="text-muted">{help}</p>
          </>
        )}
      </div>
    </li>
  );
}
