import type { ReactElement, ReactNode } from "react";
import { useDesigner } from "../store/designer-context.tsx";
import { Icon } from "../theme/icon.tsx";
import { useRunValue } from "./use-run-value.ts";

interface LastValueProps {
  readonly stepKey: string;
  readonly path: string;
  readonly otherwise: ReactNode;
}

/** What a path held in the last run; a masked value says so. */
export function LastValue({ stepKey, path, otherwise }: LastValueProps): ReactElement {
  const { t } = useDesigner();
  const value = useRunValue(stepKey)(path);
  if (value === null) return <>{otherwise}</>;
  return (
    <>
      {t("settings.lastRun")}{" "}
      {value === "••••••" ? (
        <>
          <span className="ofs-mask">
            <Icon name="lock" />
            {value}
          </span>{" "}
          {t("settings.masked")}
        </>
      ) : (
        <code>{value}</code>
      )}
    </>
  );
}
