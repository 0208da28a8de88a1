"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { OwnProvider } from "@/server/channels/schemas";
import type { AccountValues } from "./account-schema";
import { providerFields } from "./provider-fields";
import { SecretInput } from "./secret-input";

type AccountFieldsProps = {
  provider: OwnProvider;
  values: AccountValues;
  errors: Partial<Record<string, string>>;
  /** Names of the secrets that are stored. */
  secretsSet: readonly string[];
  set: (name: string, value: string) => void;
  leave: (name: string) => () => void;
};

/** The fields of a provider's account, each with the place where it is found. */
export function AccountFields({ provider, values, errors, secretsSet, set, leave }: AccountFieldsProps) {
  return providerFields[provider].map(
    ({ name, label, help, secret, optional, options, placeholder, mono }) => {
      const common = { label, help, error: errors[name], optional: optional ?? false };
      const value = values[name] ?? "";
      if (options)
        return (
          <Field key={name} {...common}>
            <Select options={options} value={value} onValueChange={(chosen) => set(name, chosen)} />
          </Field>
        );
      if (secret)
        return (
          <SecretInput
            key={name}
            {...common}
            isSet={secretsSet.includes(name)}
            value={value}
            onChange={(typed) => set(name, typed)}
            onBlur={leave(name)}
          />
        );
      return (
        <Field key={name} {...common}>
          <Input
            autoComplete="off"
            spellCheck={false}
            className={mono ? "font-mono" : undefined}
            placeholder={placeholder}
            value={value}
            onChange={(event) => set(name, event.target.value)}
            onBlur={leave(name)}
          />
        </Field>
      );
    },
  );
}
