import "../zod-without-eval.ts";
import { createRoot } from "react-dom/client";
import { AuditPage } from "./audit-page.tsx";

const root = document.getElementById("root");
if (root !== null) createRoot(root).render(<AuditPage />);
