import { Tooltip } from "@mantine/core";
import type { ReactElement } from "react";
import { type JsonValue, secretMask } from "@onceflow/step-runtime";
import { useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";

/** A value as indented names and values; secrets show a lock, and say why. */
export function ValueTree({ value }: { readonly value: JsonValue }): ReactElement {
  if (typeof value !== "object" || value === null) return <Leaf value={value} />;
  const entries: (readonly [string, JsonValue])[] = Array.isArray(value)
    ? value.map((item, at) => [String(at), item as JsonValue])
    : Object.entries(value);
  return (
    <dl className="of-values">
      {entries.map(([key, item]) => {
        const nested = typeof item === "object" && item !== null && Object.keys(item).length > 0;
        return (
          <div key={key} data-nested={nested || undefined}>
            <dt>{key}</dt>
            <dd>
              <ValueTree
                value={
                  nested ? item : typeof item === "object" && item !== null ? (Array.isArray(item) ? "[]" : "{}") : item
                }
              />
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Leaf({ value }: { readonly value: null | boolean | number | string }): ReactElement {
  const { t } = useDesigner();
  if (value !== secretMask) return <span className="of-value">{String(value)}</span>;
  return (
    <span className="of-masked">
      <span className="of-mask" role="img" aria-label={t("run.masked")}>
        <Icon name="lock" />
        {secretMask}
      </span>
      <Tooltip multiline w={240} label={t("run.maskedBecause")}>
        <button type="button" className="of-link">
          {t("run.whyMasked")}
        </button>
      </Tooltip>
    </span>
  );
}
