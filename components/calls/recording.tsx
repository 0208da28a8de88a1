import { ExternalLink, Lock, Play } from "lucide-react";
import { buttonClass } from "@/components/ui/button";
import type { AttemptLine } from "@/server/callbacks/read-story";
import { telephonyProviders } from "@/server/telephony/status";

/**
 * The recording of a try, which the provider keeps: opened there, by who may listen. The provider learns nothing of the page
 * that led to it, and its page gets no hold of ours.
 */
export function Recording({ attempt }: { attempt: AttemptLine }) {
  const { recorded, recordingUrl, via } = attempt;
  if (!recorded) return null;
  if (recordingUrl === null || via === "tel")
    return (
      <p className="flex items-center gap-1.5 text-muted text-xs">
        <Lock aria-hidden className="size-3.5 shrink-0" />
        Recorded. Supervisors and administrators can listen.
      </p>
    );
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <a
        href={recordingUrl}
        target="_blank"
        rel="noopener noreferrer"
        referrerPolicy="no-referrer"
        className={buttonClass("secondary", "sm")}
      >
        <Play aria-hidden />
        Listen to the recording
        <ExternalLink aria-hidden className="text-faint" />
      </a>
      <span className="text-muted text-xs">
        Opens at {telephonyProviders[via].label}, which may ask for a sign-in.
      </span>
    </p>
  );
}
