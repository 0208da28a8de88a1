"use client";

import { type FormEvent, useId, useState } from "react";
import { Input } from "@/components/ui/input";
import { LONGEST_TAG } from "@/server/customers/schemas";
import { formatCount } from "@/server/platform/format";

type TagPickerProps = {
  suggestions: readonly { tag: string; customers: number }[];
  onChoose: (tag: string) => void;
};

const MOST_SHOWN = 8;

/** A line to type a tag in, and the tags in use that it may mean. */
export function TagPicker({ suggestions, onChoose }: TagPickerProps) {
  const [typed, setTyped] = useState("");
  const id = useId();
  const wanted = typed.trim().toLowerCase();
  const shown = suggestions.filter(({ tag }) => tag.includes(wanted)).slice(0, MOST_SHOWN);
  const isNew = wanted !== "" && !suggestions.some(({ tag }) => tag === wanted);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (wanted !== "") onChoose(wanted);
  };
  return (
    <form onSubmit={submit}>
      <Input
        autoFocus
        aria-label="Tag"
        placeholder="Type a tag"
        autoComplete="off"
        maxLength={LONGEST_TAG}
        aria-describedby={id}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="rounded-b-none border-x-0 border-t-0"
      />
      <ul className="max-h-64 overflow-y-auto p-1">
        {isNew && <Choice tag={wanted} detail="New" onChoose={onChoose} />}
        {shown.map(({ tag, customers }) => (
          <Choice
            key={tag}
            tag={tag}
            detail={`${formatCount(customers)} ${customers === 1 ? "customer" : "customers"}`}
            onChoose={onChoose}
          />
        ))}
      </ul>
      <p id={id} className="px-2.5 pb-2 text-faint text-xs">
        Enter adds what is typed.
      </p>
    </form>
  );
}

function Choice({ tag, detail, onChoose }: { tag: string; detail: string; onChoose: (tag: string) => void }) {
  return (
    <li>
      <button
        type="button"
        onClick={() => onChoose(tag)}
        className="flex h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-hover pointer-coarse:h-10"
      >
        <span className="min-w-0 flex-1 truncate">{tag}</span>
        <span className="text-faint text-xs">{detail}</span>
      </button>
    </li>
  );
}
