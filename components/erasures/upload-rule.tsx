import { Section } from "@/components/ui/card";

/** What an erasure does with uploaded files: the rule of `server/erasures/forget-files.ts`, for whoever answers for it. */
export function UploadRule() {
  return (
    <Section
      title="Uploaded files"
      description="Files of imports, consents and suppressions hold personal data too. They are kept only as long as they are needed."
    >
      <ul className="flex list-disc flex-col gap-1 pl-5 text-sm">
        <li>A file is removed as soon as its import has ended. What was refused stays with its reason.</li>
        <li>
          An erasure removes at once every waiting file that names the person, on any sheet. Whoever uploaded
          it reads why, and uploads it again without that person.
        </li>
        <li>A file that is being imported at that moment ends first, and is then removed.</li>
        <li>Refused rows that name the person lose their cells and keep their number.</li>
      </ul>
    </Section>
  );
}
