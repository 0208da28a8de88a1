"use client";

import { Search, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cn } from "./cn";
import { IconButton } from "./icon-button";
import { Input } from "./input";
import { useShortcuts } from "./shortcuts";
import { Spinner } from "./spinner";
import { useUrl } from "./use-url";

type SearchInputProps = {
  /** Read aloud, and the placeholder: "Name, phone or e-mail". */
  label: string;
  /** The key in the URL. */
  name?: string;
  className?: string;
};

const pause = 250;

/** Searches while one types, through `?q=`; `/` leads into it. */
export function SearchInput({ label, name = "q", className }: SearchInputProps) {
  const url = useUrl();
  const input = useRef<HTMLInputElement>(null);
  const stored = url.params.get(name) ?? "";
  const [typed, setTyped] = useState(stored);
  const written = useRef(stored);
  const timer = useRef<number>(undefined);
  useEffect(() => {
    // The address changed from elsewhere: Back, or "clear all".
    if (stored !== written.current) setTyped(stored);
    written.current = stored;
  }, [stored]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const change = (value: string, wait: number) => {
    setTyped(value);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      written.current = value.trim();
      url.set({ [name]: value.trim() }, { replace: true });
    }, wait);
  };
  useShortcuts([{ keys: "/", label: "Search this list", group: "List", run: () => input.current?.focus() }]);
  return (
    <div className={cn("w-full sm:w-64", className)}>
      <Input
        ref={input}
        type="text"
        role="searchbox"
        inputMode="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        prefix={url.pending ? <Spinner /> : <Search aria-hidden />}
        suffix={
          typed && (
            <IconButton
              label="Clear the search"
              tooltip={false}
              size="sm"
              className="size-6"
              icon={<X aria-hidden />}
              onClick={() => change("", 0)}
            />
          )
        }
        onChange={(event) => change(event.target.value, pause)}
        onKeyDown={(event) => {
          if (event.key === "Enter") change(typed, 0);
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
    </div>
  );
}
